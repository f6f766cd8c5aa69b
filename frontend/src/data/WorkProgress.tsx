import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button'
import { ProgressBar, type ProgressBarProps } from './ProgressBar'
import styles from './WorkProgress.module.css'

interface WorkProgressProps extends ProgressBarProps {
  stopLabel: string
  onStop: () => void
}

/** How far long work is, and the button that ends it. */
export function WorkProgress({ stopLabel, onStop, ...progress }: WorkProgressProps) {
  const { t } = useTranslation('data')
  return (
    <div className={styles.work}>
      <div className={styles.state}>
        <ProgressBar {...progress} />
      </div>
      <Button size="small" aria-label={stopLabel} onClick={onStop}>
        {t('work.cancel')}
      </Button>
    </div>
  )
}
