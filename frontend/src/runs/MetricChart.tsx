import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMetric } from '../ui/format'
import { axisEnd, chartData, extent, type ChartData, type XAxis } from './chartData'
import { useChartSettings } from './chartSettings'
import styles from './MetricChart.module.css'
import { lowerIsBetter, spoken, type MetricGroup } from './metricNames'
import { MetricTable } from './MetricTable'
import { hueColour } from './palette'
import { Plot } from './Plot'
import type { PlotLine } from './plotOptions'
import type { Series } from './series'

interface MetricChartProps {
  series: Series
  group: MetricGroup
  /** Hue of the first metric, so that charts side by side differ. */
  hue?: number
}

/** The curves of one metric, or of the same metric of several outputs: training solid, validation dashed. */
export function MetricChart({ series, group, hue = 0 }: MetricChartProps) {
  const { t } = useTranslation('runs')
  const { axis, log, smoothing, asTable } = useChartSettings()
  const data = useMemo(
    () => chartData(series, { metrics: group.metrics, axis, smoothing }),
    [series, group.metrics, axis, smoothing],
  )
  const lines = useMemo(
    () => data.lines.map((line): PlotLine => ({ ...line, hue: line.hue + hue, dashed: line.validation })),
    [data, hue],
  )
  const limits = useMemo(() => extent(lines), [lines])
  const spans = limits !== null && limits[0] > 0
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.head}>
        <span className={styles.title}>{spoken(group.name)}</span>
        <Legend lines={lines} group={group.name} />
      </figcaption>
      {asTable ? (
        <MetricTable series={series} lines={lines} title={spoken(group.name)} />
      ) : (
        <Plot
          label={t('charts.label', { metric: spoken(group.name), summary: summary(data) })}
          x={data.x}
          lines={lines}
          marks={data.marks}
          axis={axis}
          log={log && spans && lowerIsBetter(group.name)}
          span={spanOf(series, axis, data.x)}
        />
      )}
      {data.marks.some((mark) => mark.kind === 'not-finite') && (
        <span className="visually-hidden">{t('charts.notFinite')}</span>
      )}
    </figure>
  )
}

/** The hue of every metric, and what a dashed line means. */
function Legend({ lines, group }: { lines: readonly PlotLine[]; group: string }) {
  const { t } = useTranslation('runs')
  const solid = lines.filter((line) => !line.dashed)
  const dashed = lines.find((line) => line.dashed)
  const isOne = solid.length < 2
  return (
    <span className={styles.legend}>
      {solid.map((line) => (
        <Key key={line.label} dashed={false} colour={hueColour(line.hue)}>
          {isOne ? t('charts.train') : outputOf(line.label, group, t('charts.total'))}
        </Key>
      ))}
      {dashed && (
        <Key dashed colour={isOne ? hueColour(dashed.hue) : 'var(--soft)'}>
          {t('charts.validation')}
        </Key>
      )}
    </span>
  )
}

/** The output that a metric of its group is of: the title has the rest of its name. */
function outputOf(metric: string, group: string, total: string): string {
  if (metric === group) return total
  return spoken(metric.endsWith(`_${group}`) ? metric.slice(0, -group.length - 1) : metric)
}

function Key({ dashed, colour, children }: { dashed: boolean; colour: string; children: string }) {
  return (
    <span className={styles.key}>
      <span className={styles.swatch} data-dashed={dashed} style={{ color: colour }} />
      {children}
    </span>
  )
}

/** The newest number of every line, as said to those who can not see the curve. */
function summary({ lines }: ChartData): string {
  return lines
    .map(
      ({ label, cells }) => `${spoken(label)} ${formatMetric(cells.findLast((cell) => cell !== undefined))}`,
    )
    .join(', ')
}

/** A run under way leaves room for what is still to come. */
function spanOf({ progress, state }: Series, axis: XAxis, x: readonly number[]): number | null {
  const ended = state !== 'running' && state !== 'queued'
  if (ended || axis === 'seconds' || progress.epochs === 0) return null
  const perEpoch = axis === 'epoch' ? 1 : progress.stepsPerEpoch
  return perEpoch * axisEnd((x.at(-1) ?? 0) / perEpoch, progress.epochs)
}
