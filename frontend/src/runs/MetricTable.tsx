import { formatMetric } from '../ui/format'
import styles from './MetricChart.module.css'
import { spoken } from './metricNames'
import type { PlotLine } from './plotOptions'
import type { Series } from './series'
import { useTranslation } from 'react-i18next'

interface MetricTableProps {
  series: Series
  lines: readonly Pick<PlotLine, 'label'>[]
  title: string
}

/** The numbers of a chart, epoch by epoch. */
export function MetricTable({ series: { epochs }, lines, title }: MetricTableProps) {
  const { t } = useTranslation('runs')
  return (
    <div
      className={styles.tableFrame}
      role="region"
      aria-label={t('charts.tableOf', { metric: title })}
      tabIndex={0}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('axis.epoch')}</th>
            {lines.map(({ label }) => (
              <th key={label} scope="col">
                {spoken(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {epochs.epoch.map((epoch, row) => (
            <tr key={epoch}>
              <th scope="row">{epoch}</th>
              {lines.map(({ label }) => (
                <td key={label}>{formatMetric(epochs.metrics[label]?.[row], 4)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
