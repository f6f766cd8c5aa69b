/** What a dry run adds to the report of the check, and its figures in words. Pure. */

import type { Trial } from '../api/types'
import type { CheckReport } from '../graph/report'
import { formatBytes, formatDuration, formatNumber } from '../ui/format'

const THIN_SPACE = '\u2009'
const LONG_S = 120

/** The report with the problems of the trial; the same one where there are none. */
export function withTrial(report: CheckReport, trial: Trial): CheckReport {
  if (trial.problems.length === 0) return report
  return { ...report, ready: report.ready && trial.ok, problems: [...report.problems, ...trial.problems] }
}

/** Time of an epoch and of a step, and memory, as texts; null where nothing was measured. */
export function trialFigures(trial: Trial | null): { epoch: string; memory: string; step: string } | null {
  if (trial?.epoch_seconds == null) return null
  return {
    epoch: seconds(trial.epoch_seconds),
    memory: formatBytes(trial.peak_bytes),
    step: seconds(trial.step_seconds ?? 0),
  }
}

/** Two digits are all that a measurement of a moment is worth. */
function seconds(value: number): string {
  if (value >= LONG_S) return formatDuration(value)
  const small = value < 0.1
  const shown = Number((small ? value * 1000 : value).toPrecision(2))
  return `${formatNumber(shown)}${THIN_SPACE}${small ? 'ms' : 's'}`
}
