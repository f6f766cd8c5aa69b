import type { ReactNode } from 'react'
import { formatNumber } from '../../ui/format'
import { ticks } from './cells'
import styles from './Evaluate.module.css'

export interface Range {
  low: number
  high: number
}

interface SquarePlotProps {
  /** What is drawn, for those who can not see it. */
  label: string
  xLabel: string
  yLabel: string
  x: Range
  y: Range
  /** In a square from 0, 0 at the upper left to 100, 100. */
  children: ReactNode
}

/** A square with axes and the diagonal on which both are equal. */
export function SquarePlot({ label, xLabel, yLabel, x, y, children }: SquarePlotProps) {
  const across = ticks(x.low, x.high, 4).map((value) => ({ value, at: placeOf(value, x) }))
  const up = ticks(y.low, y.high, 4).map((value) => ({ value, at: 100 - placeOf(value, y) }))
  return (
    <div className={styles.plot} role="img" aria-label={label}>
      <span className={styles.yLabel}>{yLabel}</span>
      <div className={styles.yTicks}>
        {up.map(({ value, at }) => (
          <span key={value} style={{ top: `${at}%` }}>
            {formatNumber(value)}
          </span>
        ))}
      </div>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {up.map(({ value, at }) => (
          <line key={value} className={styles.gridLine} x1="0" x2="100" y1={at} y2={at} />
        ))}
        <line className={styles.diagonal} x1="0" y1="100" x2="100" y2="0" />
        {children}
      </svg>
      <div className={styles.xTicks}>
        {across.map(({ value, at }) => (
          <span key={value} style={{ left: `${at}%` }}>
            {formatNumber(value)}
          </span>
        ))}
      </div>
      <span className={styles.xLabel}>{xLabel}</span>
    </div>
  )
}

/** Where a value lies between the ends, 0 to 100. */
export function placeOf(value: number, { low, high }: Range): number {
  return high > low ? (100 * (value - low)) / (high - low) : 50
}
