import type { RunState, RunSummary } from '../api/types'
import { FilesMenu } from './files/FilesMenu'
import styles from './RunActions.module.css'
import { SteerButtons } from './SteerButtons'

/** Pause or stop a run, let it go on, take its model. */
export function RunActions({ run, state }: { run: RunSummary; state: RunState }) {
  return (
    <div className={styles.actions}>
      <SteerButtons run={run} state={state} />
      <FilesMenu run={run} />
    </div>
  )
}
