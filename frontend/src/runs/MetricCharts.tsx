import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isEnded } from '../api/streamCursor'
import { cx } from '../ui/cx'
import { Select } from '../ui/Select'
import { ChartControls } from './ChartControls'
import { MetricChart } from './MetricChart'
import styles from './MetricCharts.module.css'
import { LEARNING_RATE, metricGroups, metricNames, spoken, type MetricGroup } from './metricNames'
import type { Series } from './series'

interface MetricChartsProps {
  series: Series
  outputs: readonly string[]
  className?: string | undefined
}

/** Loss on the left; on the right the metric that was chosen, or the first. */
export function MetricCharts({ series, outputs, className }: MetricChartsProps) {
  const { t } = useTranslation('runs')
  const names = metricNames(series).join('\n')
  const groups = useMemo(() => chartsOf(names, outputs), [names, outputs])
  const [chosen, setChosen] = useState<string | null>(null)
  const [first, ...others] = groups
  const second = others.find(({ name }) => name === chosen) ?? others[0]
  if (!first)
    return (
      <p className={cx(styles.waiting, className)}>
        {t(isEnded(series.state) ? 'charts.none' : 'charts.waiting')}
      </p>
    )
  return (
    <div className={cx(styles.charts, className)}>
      <div className={styles.bar}>
        <ChartControls />
        {others.length > 1 && second && (
          <div className={styles.choice}>
            <Select
              aria-label={t('charts.metric')}
              value={second.name}
              options={others.map(({ name }) => ({ value: name, label: spoken(name) }))}
              onChange={setChosen}
            />
          </div>
        )}
      </div>
      <div className={styles.pair}>
        <MetricChart series={series} group={first} />
        {second && (
          <MetricChart key={second.name} series={series} group={second} hue={first.metrics.length} />
        )}
      </div>
    </div>
  )
}

/** The groups of these metrics, the learning rate last. */
function chartsOf(names: string, outputs: readonly string[]): MetricGroup[] {
  if (names === '') return []
  return [...metricGroups(names.split('\n'), outputs), { name: LEARNING_RATE, metrics: [LEARNING_RATE] }]
}
