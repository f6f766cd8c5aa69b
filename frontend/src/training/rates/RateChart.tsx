import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { RatePoint } from '../../api/types'
import { formatMetric } from '../../ui/format'
import styles from './RateFinder.module.css'
import { BOTTOM, HEIGHT, HIGHEST, LEFT, LOWEST, lossRange, pathOf, rateAt, RIGHT, stepped } from './rateScale'
import { TOP, WIDTH, xOf, yOf } from './rateScale'

const DECADES = [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10]
const STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 10,
  PageDown: -10,
}

interface RateChartProps {
  points: readonly RatePoint[]
  /** The rate that is marked; null while there is none to choose. */
  rate: number | null
  onChange: (rate: number) => void
}

/** The loss over the learning rate; its mark is dragged, clicked or stepped to another rate. */
export function RateChart({ points, rate, onChange }: RateChartProps) {
  const { t } = useTranslation('training')
  const svg = useRef<SVGSVGElement>(null)
  const range = lossRange(points)
  const follow = (event: PointerEvent) => {
    if (rate === null || event.buttons !== 1 || !svg.current) return
    const box = svg.current.getBoundingClientRect()
    onChange(rateAt(((event.clientX - box.left) / box.width) * WIDTH))
  }
  return (
    <svg
      ref={svg}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={styles.chart}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        follow(event)
      }}
      onPointerMove={follow}
    >
      {DECADES.map((decade) => (
        <g key={decade}>
          <line className={styles.grid} x1={xOf(decade)} x2={xOf(decade)} y1={TOP} y2={HEIGHT - BOTTOM} />
          <text className={styles.tick} x={xOf(decade)} y={HEIGHT - 10} textAnchor="middle">
            {decade >= 0.01 ? decade : decade.toExponential(0).replace('-', '−')}
          </text>
        </g>
      ))}
      {points.length > 0 &&
        [0.15, 0.5, 0.85].map((share) => {
          const loss = range.low + share * (range.high - range.low)
          return (
            <text key={share} className={styles.tick} x={LEFT - 6} y={yOf(loss, range) + 4} textAnchor="end">
              {formatMetric(loss, 2)}
            </text>
          )
        })}
      <svg x={LEFT} y={TOP} width={WIDTH - LEFT - RIGHT} height={HEIGHT - TOP - BOTTOM} viewBox={INNER}>
        <path className={styles.raw} d={pathOf(points, 'loss', range)} />
        <path className={styles.smoothed} d={pathOf(points, 'smoothed', range)} />
      </svg>
      {rate !== null && <Mark rate={rate} label={t('rates.mark')} onChange={onChange} />}
    </svg>
  )
}

const INNER = `${LEFT} ${TOP} ${WIDTH - LEFT - RIGHT} ${HEIGHT - TOP - BOTTOM}`

function Mark({ rate, label, onChange }: { rate: number; label: string; onChange: (rate: number) => void }) {
  const press = (event: KeyboardEvent) => {
    const steps = STEPS[event.key]
    if (steps === undefined) return
    event.preventDefault()
    onChange(stepped(rate, steps))
  }
  return (
    <g
      className={styles.mark}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={LOWEST}
      aria-valuemax={HIGHEST}
      aria-valuenow={rate}
      aria-valuetext={String(rate)}
      onKeyDown={press}
    >
      <line x1={xOf(rate)} x2={xOf(rate)} y1={TOP} y2={HEIGHT - BOTTOM} />
      <circle cx={xOf(rate)} cy={TOP + 6} r={6} />
    </g>
  )
}
