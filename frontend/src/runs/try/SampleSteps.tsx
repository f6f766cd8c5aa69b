import { ChevronLeft, ChevronRight, Shuffle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../ui/format'
import { IconButton } from '../../ui/IconButton'
import styles from './TryPanel.module.css'
import type { Sample } from './useSample'

/** To the sample before, the one after, or any other. */
export function SampleSteps({ sample, split }: { sample: Sample; split: string }) {
  const { t } = useTranslation('runs')
  return (
    <div className={styles.steps}>
      <IconButton label={t('try.previous')} onClick={() => sample.go(-1)}>
        <ChevronLeft size={15} aria-hidden="true" />
      </IconButton>
      <span className={styles.number} aria-live="polite">
        {t('try.number', { split, number: formatNumber(sample.index + 1) })}
      </span>
      <IconButton label={t('try.next')} onClick={() => sample.go(1)}>
        <ChevronRight size={15} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('try.any')} onClick={sample.jump}>
        <Shuffle size={13} aria-hidden="true" />
      </IconButton>
    </div>
  )
}
