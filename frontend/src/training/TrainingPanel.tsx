import { useRun } from '../api/queries'
import { useShownRun } from '../runs/shownRun'
import { LivePanel } from './LivePanel'
import { RecipeForm } from './RecipeForm'
import { StartWeights } from './StartWeights'
import { SuggestButton } from './SuggestButton'
import styles from './TrainingPanel.module.css'
import { useTrainingView } from './trainingView'
import { ViewSwitch } from './ViewSwitch'

/** The Training tab: how to train, and the training as it runs; one can go back and forth. */
export function TrainingPanel() {
  const chosen = useTrainingView((view) => view.chosen)
  const shown = useShownRun()
  const { data: run, error } = useRun(shown)
  const hasRun = shown !== null && !error
  if (hasRun && run && chosen !== 'settings') {
    return (
      <div className={styles.panel}>
        <LivePanel run={run} />
      </div>
    )
  }
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <ViewSwitch view="settings" hasRun={hasRun} />
        <SuggestButton />
        <StartWeights />
      </div>
      <div className={styles.body}>
        <RecipeForm />
      </div>
    </div>
  )
}
