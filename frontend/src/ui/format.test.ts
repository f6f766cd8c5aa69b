import { expect, test } from 'vitest'
import {
  formatBytes,
  formatDuration,
  formatMetric,
  formatNumber,
  formatPercent,
  formatShape,
  formatShapeFull,
} from './format'

test.each([
  [formatNumber(540900), '540\u2009900'],
  [formatNumber(-1234.6), '−1\u2009235'],
  [formatNumber(0.12345), '0.123'],
  [formatNumber(0.00001), '1.0e−5'],
  [formatNumber(null), '–'],
  [formatNumber(NaN), '–'],
  [formatMetric(0.06123), '0.061'],
  [formatMetric(0.9), '0.900'],
  [formatMetric(12345.678), '12\u2009346'],
  [formatPercent(0.9741), '97.4\u2009%'],
  [formatDuration(12.4), '0:12'],
  [formatDuration(3671), '1:01:11'],
  [formatDuration(undefined), '–'],
  [formatShape([null, 28, 28, 1]), '28×28×1'],
  [formatShape([null]), '1'],
  [formatShape([null, null, 5408]), '?×5\u2009408'],
  [formatShapeFull([null, 28, null]), '(batch, 28, ?)'],
  [formatBytes(2_163_600), '2.2\u2009MB'],
  [formatBytes(40), '40\u2009B'],
])('%s is written %s', (text, expected) => {
  expect(text).toBe(expected)
})
