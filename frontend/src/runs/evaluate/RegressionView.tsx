import { useTranslation } from 'react-i18next'
import type { RegressionReport } from '../../api/types'
import { BinHistogram } from '../../data/Histogram'
import { formatMetric, formatNumber } from '../../ui/format'
import styles from './Evaluate.module.css'
import { rowsOf, Samples, type Source } from './Samples'
import { placeOf, SquarePlot, type Range } from './SquarePlot'

const KINDS = ['error'] as const

/** An output that gives numbers: how far they are off, and where. */
export function RegressionView({ report, source }: { report: RegressionReport; source: Source }) {
  const { t } = useTranslation('evaluate')
  return (
    <>
      {report.not_finite > 0 && (
        <p className={styles.note}>{t('notFinite', { shown: formatNumber(report.not_finite) })}</p>
      )}
      <div className={styles.sideBySide}>
        <Scatter report={report} />
        <Samples key={rowsOf(source)} source={source} which="error" pair={null} kinds={KINDS} />
      </div>
    </>
  )
}

function Scatter({ report }: { report: RegressionReport }) {
  const { t } = useTranslation('evaluate')
  const { true: truth, predicted } = report.scatter
  const range = rangeOf([...truth, ...predicted])
  const { edges, counts } = report.residuals
  return (
    <section className={styles.part} aria-label={t('residuals.title')}>
      <h3>{t('residuals.title')}</h3>
      <SquarePlot
        label={t('residuals.label', { count: truth.length })}
        xLabel={t('residuals.x')}
        yLabel={t('residuals.y')}
        x={range}
        y={range}
      >
        <path className={styles.dots} d={dotsOf(truth, predicted, range)} />
      </SquarePlot>
      {report.values > 1 && (
        <p className={styles.note}>{t('residuals.several', { values: report.values })}</p>
      )}
      <h3>{t('residuals.histogram')}</h3>
      <div className={styles.histogram}>
        <BinHistogram edges={edges} counts={counts} label={t('residuals.histogramLabel')} />
      </div>
      <div className={styles.ends}>
        <span>{formatMetric(edges[0])}</span>
        <span>{formatMetric(edges.at(-1))}</span>
      </div>
    </section>
  )
}

/** Lines of no length with round ends: dots that stay round however the square is stretched. */
function dotsOf(truth: readonly number[], predicted: readonly number[], range: Range): string {
  return truth
    .map(
      (value, at) =>
        `M${placeOf(value, range).toFixed(2)} ${(100 - placeOf(predicted[at] ?? 0, range)).toFixed(2)}h0`,
    )
    .join('')
}

function rangeOf(values: readonly number[]): Range {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity)
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity)
  return { low, high }
}
