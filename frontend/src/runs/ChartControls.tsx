import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { XAxis } from './chartData'
import styles from './ChartControls.module.css'
import { useChartSettings } from './chartSettings'

const AXES: readonly XAxis[] = ['epoch', 'step', 'seconds']
const LARGEST_SMOOTHING = 0.98

/** The x axis, the log scale, the smoothing, and the table in place of the curves. */
export function ChartControls() {
  const { t } = useTranslation('runs')
  const { axis, log, smoothing, asTable, set } = useChartSettings()
  const slider = useId()
  return (
    <div className={styles.controls} role="group" aria-label={t('charts.controls')}>
      <div className={styles.choice} role="radiogroup" aria-label={t('charts.axis')}>
        {AXES.map((one) => (
          <button
            key={one}
            type="button"
            role="radio"
            aria-checked={axis === one}
            onClick={() => set({ axis: one })}
          >
            {t(`axis.${one}`)}
          </button>
        ))}
      </div>
      <button type="button" className={styles.toggle} aria-pressed={log} onClick={() => set({ log: !log })}>
        {t('charts.log')}
      </button>
      <label htmlFor={slider} className={styles.smoothing}>
        <span className={styles.word}>{t('charts.smoothing')}</span>
        <input
          id={slider}
          aria-label={t('charts.smoothing')}
          type="range"
          min={0}
          max={LARGEST_SMOOTHING}
          step={0.02}
          value={smoothing}
          onChange={(event) => set({ smoothing: event.target.valueAsNumber })}
        />
      </label>
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={asTable}
        onClick={() => set({ asTable: !asTable })}
      >
        {t('charts.table')}
      </button>
    </div>
  )
}
