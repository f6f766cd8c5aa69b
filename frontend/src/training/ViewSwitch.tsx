import { useTranslation } from 'react-i18next'
import styles from './TrainingPanel.module.css'
import { useTrainingView, type TrainingView } from './trainingView'

const VIEWS: readonly TrainingView[] = ['settings', 'live']

/** Between the settings and the run; without a run there is nothing to switch to. */
export function ViewSwitch({ view, hasRun }: { view: TrainingView; hasRun: boolean }) {
  const { t } = useTranslation('training')
  const show = useTrainingView((state) => state.show)
  return (
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
  )
}
