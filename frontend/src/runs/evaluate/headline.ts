/** The numbers at the head of an evaluation, as name and text. Pure. */

import type { TFunction } from 'i18next'
import type { Evaluation, OutputReport } from '../../api/types'
import { formatMetric, formatNumber } from '../../ui/format'

export type Figure = readonly [name: string, value: string]

/** The recipe's metrics under the names that Keras gives them. */
export function metricFigures(metrics: Evaluation['metrics']): Figure[] {
  return Object.entries(metrics).map(([name, value]) => [name, formatMetric(value, 4)])
}

/** What the report of an output adds to them. */
export function reportFigures(report: OutputReport, t: TFunction<'evaluate'>): Figure[] {
  if (report.task === 'classification')
    return [
      [t('figures.found'), formatMetric(report.accuracy, 4)],
      [t('figures.balanced'), formatMetric(report.balanced_accuracy, 4)],
      [t('figures.auc'), formatMetric(report.macro_auc, 4)],
    ]
  if (report.task === 'other') return []
  return [
    [t('figures.absolute'), formatNumber(report.mae, 4)],
    [t('figures.rmse'), formatNumber(report.rmse, 4)],
    [t('figures.r2'), formatNumber(report.r2, 4)],
    [t('figures.bias'), formatNumber(report.mean_error, 4)],
    [t('figures.median'), formatNumber(report.median_absolute_error, 4)],
    [t('figures.largest'), formatNumber(report.largest_error, 4)],
  ]
}
