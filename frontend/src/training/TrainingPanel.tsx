import { useTranslation } from 'react-i18next'
import { useRun } from '../api/queries'
import { useShownRun } from '../runs/shownRun'
import { LivePanel } from './LivePanel'
import { RecipeForm } from './RecipeForm'
import styles from './TrainingPanel.module.css'
import { useTrainingView, type TrainingView } from './trainingView'
import { SuggestButton } from './SuggestButton'

const VIEWS: readonly TrainingView[] = ['settings', 'live']

/** The Training tab: how to train, and the training as it runs; one can go back and forth. */
export function TrainingPanel() {
  const { t } = useTranslation('training')
  const { chosen, show } = useTrainingView()
  const shown = useShownRun()
  const { data: run, error } = useRun(shown)
  const hasRun = shown !== null && !error
  const view = hasRun ? (chosen ?? 'live') : 'settings'
  return (
    <div className={styles.panel} data-view={view}>
      <div className={styles.bar}>
        <div className={styles.views} role="radiogroup" aria-label={t('view.label')}>
          {VIEWS.map((one) => (
            <button
              key={one}
              type="button"
              role="radio"
              aria-checked={view === one}
              disabled={one === 'live' && !hasRun}
              onClick={() => show(one)}
            >
              {t(`view.${one}`)}
            </button>
          ))}
        </div>
        {view === 'settings' && <SuggestButton />}
      </div>
      <div className={styles.body}>{view === 'live' && run ? <LivePanel run={run} /> : <RecipeForm />}</div>
    </div>
  )
}
