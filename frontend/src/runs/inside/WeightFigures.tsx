import { useTranslation } from 'react-i18next'
import type { WeightStatistics } from '../../api/types'
import { BinHistogram } from '../../data/Histogram'
import { formatNumber, formatPercent } from '../../ui/format'
import styles from './Inside.module.css'

/** How the values of a weight are spread: a histogram, and the figures that matter. */
export function WeightFigures({ name, statistics }: { name: string; statistics: WeightStatistics }) {
  const { t } = useTranslation('runs')
  const { mean, deviation, zeros, histogram } = statistics
  return (
    <div className={styles.spread}>
      <div className={styles.histogram}>
        <BinHistogram {...histogram} label={t('inside.histogram', { name })} />
      </div>
      <div className={styles.ends} aria-hidden="true">
        <span>{formatNumber(statistics.minimum)}</span>
        <span>{formatNumber(statistics.maximum)}</span>
      </div>
      <dl className={styles.numbers}>
        <Figure term={t('inside.mean')} value={formatNumber(mean)} />
        <Figure term={t('inside.deviation')} value={formatNumber(deviation)} />
        <Figure term={t('inside.largest')} value={formatNumber(largest(statistics))} />
        {zeros > 0 && <Figure term={t('inside.zeros')} value={formatPercent(zeros)} />}
        {statistics.not_finite > 0 && (
          <Figure term={t('inside.notFinite')} value={formatNumber(statistics.not_finite)} />
        )}
      </dl>
    </div>
  )
}

export function largest({ minimum, maximum }: WeightStatistics): number {
  return Math.max(Math.abs(minimum), Math.abs(maximum))
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  )
}
