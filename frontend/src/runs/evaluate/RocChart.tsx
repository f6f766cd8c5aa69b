import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RocCurve } from '../../api/types'
import { formatMetric } from '../../ui/format'
import { hueColour } from '../palette'
import styles from './Evaluate.module.css'
import { SquarePlot } from './SquarePlot'

const UNIT = { low: 0, high: 1 }

/** ROC curves of the classes; one of them alone once it is chosen. */
export function RocChart({ curves }: { curves: readonly RocCurve[] }) {
  const { t } = useTranslation('evaluate')
  const [chosen, setChosen] = useState<string | null>(null)
  const label = t('roc.label', { classes: curves.map((curve) => curve.label).join(', ') })
  return (
    <section className={styles.part} aria-label={t('roc.title')}>
      <h3>{t('roc.title')}</h3>
      <div className={styles.roc}>
        <SquarePlot label={label} xLabel={t('roc.x')} yLabel={t('roc.y')} x={UNIT} y={UNIT}>
          {curves.map((curve, place) => (
            <polyline
              key={curve.label}
              className={styles.curve}
              points={pointsOf(curve)}
              style={{ stroke: hueColour(place) }}
              strokeDasharray={dashOf(place)}
              data-faint={chosen !== null && chosen !== curve.label}
            />
          ))}
        </SquarePlot>
        <ul className={styles.legend} tabIndex={0} aria-label={t('roc.title')}>
          {curves.map((curve, place) => (
            <li key={curve.label}>
              <button
                type="button"
                aria-pressed={chosen === curve.label}
                title={t('roc.curve', { label: curve.label })}
                onClick={() => setChosen(chosen === curve.label ? null : curve.label)}
              >
                <svg viewBox="0 0 22 4" aria-hidden="true">
                  <line
                    x1="0"
                    x2="22"
                    y1="2"
                    y2="2"
                    style={{ stroke: hueColour(place) }}
                    strokeDasharray={dashOf(place)}
                  />
                </svg>
                <span className={styles.legendName}>{curve.label}</span>
                <span className={styles.area}>{t('roc.area', { area: formatMetric(curve.auc) })}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

function pointsOf(curve: RocCurve): string {
  return curve.false_positives
    .map((x, at) => `${100 * x},${100 * (1 - (curve.true_positives[at] ?? 0))}`)
    .join(' ')
}

const DASHES = [undefined, '6 3', '2 2', '8 3 2 3']

/** Colours come round again after eight curves: the dashes tell them apart, also without colours. */
function dashOf(place: number): string | undefined {
  return DASHES[place % DASHES.length]
}
