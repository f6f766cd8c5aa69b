import { formatMetric } from '../ui/format'
import type { XAxis } from './chartData'
import { hueColour } from './palette'
import styles from './Plot.module.css'
import { formatX, type PlotLine } from './plotOptions'
import { useTranslation } from 'react-i18next'

export interface Hover {
  row: number
  left: number
  top: number
}

interface PlotTipProps {
  hover: Hover
  x: readonly number[]
  lines: readonly PlotLine[]
  axis: XAxis
}

const WIDE = 150

/** The values of all lines under the pointer; a line without a number there says its last one before. */
export function PlotTip({ hover, x, lines, axis }: PlotTipProps) {
  const { t } = useTranslation('runs')
  const at = x[hover.row]
  if (at === undefined) return null
  const side = hover.left > WIDE ? { right: `calc(100% - ${hover.left + 36}px)` } : { left: hover.left + 62 }
  return (
    <div className={styles.tip} style={side} aria-hidden="true">
      <div className={styles.tipHead}>
        {t(`axis.${axis}`)} {formatX(axis, at)}
      </div>
      {lines.map((line) => (
        <div key={line.label} className={styles.tipRow}>
          <span className={styles.swatch} data-dashed={line.dashed} style={{ color: hueColour(line.hue) }} />
          <span>{line.label}</span>
          <b>{formatMetric(valueAt(line, hover.row), 4)}</b>
        </div>
      ))}
    </div>
  )
}

function valueAt(line: PlotLine, row: number): number | null {
  for (let at = row; at >= 0; at -= 1) {
    const cell = line.cells[at]
    if (cell !== undefined) return cell
  }
  return null
}
