import { Play, Square } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { useResumeRun, useStopRun } from '../api/queries'
import { isEnded } from '../api/streamCursor'
import type { RunState, RunSummary } from '../api/types'
import { Button } from '../ui/Button'
import { FilesMenu } from './files/FilesMenu'
import { followAgain } from './liveRuns'
import styles from './RunActions.module.css'

const complain = (error: Error) => toast.error(error.message)

/** Stop a run, let it go on, take its model. */
export function RunActions({ run, state }: { run: RunSummary; state: RunState }) {
  const { t } = useTranslation('runs')
  const stop = useStopRun()
  const resume = useResumeRun()
  const canResume = (state === 'stopped' || state === 'failed') && run.checkpoint_epochs.length > 0
  const goOn = () =>
    resume.mutate(
      { run: run.id, argument: null },
      { onSuccess: () => followAgain(run.id), onError: complain },
    )
  return (
    <div className={styles.actions}>
      {!isEnded(state) && (
        <Button
          size="small"
          icon={<Square size={12} fill="currentColor" aria-hidden="true" />}
          disabled={stop.isPending}
          onClick={() => stop.mutate({ run: run.id, argument: null }, { onError: complain })}
        >
          {t('action.stop')}
        </Button>
      )}
      {canResume && (
        <Button
          size="small"
          icon={<Play size={12} aria-hidden="true" />}
          disabled={resume.isPending}
          onClick={goOn}
        >
          {t('action.resume')}
        </Button>
      )}
      <FilesMenu run={run} />
    </div>
  )
}
