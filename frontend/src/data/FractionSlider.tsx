import { useId } from 'react'
import { formatNumber, formatPercent } from '../ui/format'
import styles from './DataPanel.module.css'

const LARGEST_PERCENT = 50

interface FractionSliderProps {
  label: string
  /** Between 0 and 1. */
  value: number
  rows: number
  onChange: (value: number) => void
}

/** A share of the rows, with how many those are. */
export function FractionSlider({ label, value, rows, onChange }: FractionSliderProps) {
  const id = useId()
  return (
    <div className={styles.slider}>
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>
        {formatPercent(value, 0)} · {formatNumber(Math.round(rows * value))}
      </output>
      <input
        id={id}
        type="range"
        min={0}
        max={LARGEST_PERCENT}
        value={Math.round(value * 100)}
        aria-valuetext={formatPercent(value, 0)}
        onChange={(event) => onChange(event.target.valueAsNumber / 100)}
      />
    </div>
  )
}
