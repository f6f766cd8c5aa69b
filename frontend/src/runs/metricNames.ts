/** What metrics are called and which of them share a chart. Pure. */

import type { Series } from './series'

const VALIDATION = 'val_'
export const LEARNING_RATE = 'learning_rate'

export interface MetricGroup {
  /** Title of the chart, in Keras's words. */
  name: string
  /** Training metrics drawn on it, the overall one first. */
  metrics: string[]
}

/** Every metric that was measured, without the validation twins and the learning rate, in order of appearance. */
export function metricNames(series: Series): string[] {
  const measured = [...Object.keys(series.steps.metrics), ...Object.keys(series.epochs.metrics)]
  const names = measured.map((name) => (name.startsWith(VALIDATION) ? name.slice(VALIDATION.length) : name))
  return [...new Set(names)].filter((name) => name !== LEARNING_RATE)
}

export function validationName(metric: string): string {
  return VALIDATION + metric
}

/** Charts for these metrics: what several outputs have in common shares one, `loss` leads. */
export function metricGroups(metrics: readonly string[], outputs: readonly string[]): MetricGroup[] {
  const groups = new Map<string, string[]>()
  for (const metric of metrics) {
    const shared = withoutOutput(metric, outputs)
    groups.set(shared, [...(groups.get(shared) ?? []), metric])
  }
  return [...groups]
    .map(([name, members]) => ({ name, metrics: members }))
    .sort((a, b) => Number(b.name === 'loss') - Number(a.name === 'loss'))
}

function withoutOutput(metric: string, outputs: readonly string[]): string {
  const longestFirst = [...outputs].sort((a, b) => b.length - a.length)
  const output = longestFirst.find((name) => metric.startsWith(`${name}_`))
  return output === undefined ? metric : metric.slice(output.length + 1)
}

/** Whether a smaller value of this metric is a better one. */
export function lowerIsBetter(metric: string): boolean {
  return /(loss|error|mae|mse|mape|msle|rmse|crossentropy|divergence|poisson|hinge)/i.test(metric)
}

/** A metric's name for a person: Keras's word, with spaces. */
export function spoken(metric: string): string {
  return metric.replaceAll('_', ' ')
}
