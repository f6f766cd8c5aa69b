import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLayerHistory } from '../../api/modelQueries'
import type { LayerMoment, WeightStatistics } from '../../api/types'
import { Select } from '../../ui/Select'
import { useLiveRun } from '../liveRuns'
import styles from './LayerHistory.module.css'
import { ridges, RIDGE_WIDTH, type Moment } from './ridges'

const ACTIVATIONS = ''
const MOST_RIDGES = 14

/** How the activations or a weight of a layer spread from look to look: one ridge each, the newest in front. */
export function LayerHistory({ run, layer }: { run: number; layer: string }) {
  const { t } = useTranslation('runs')
  const { data: moments = [] } = useLayerHistory(run, useLiveRun(run).series.probes.length, layer)
  const [chosen, setChosen] = useState(ACTIVATIONS)
  const names = Object.keys(moments.at(-1)?.layer.weights ?? {})
  const shown = names.includes(chosen) ? chosen : ACTIVATIONS
  const drawn = spread(moments, shown)
  if (drawn.length < 2) return null
  const options = [ACTIVATIONS, ...names].map((value) => ({
    value,
    label: value || t('history.activations'),
  }))
  return (
    <section className={styles.history} aria-label={t('history.title')}>
      <header className={styles.head}>
        <h4>{t('history.title')}</h4>
        <Select aria-label={t('history.choose')} value={shown} options={options} onChange={setChosen} />
      </header>
      <Ridges moments={drawn} />
    </section>
  )
}

function Ridges({ moments }: { moments: readonly Moment[] }) {
  const { t } = useTranslation('runs')
  const { paths, low, high, height } = ridges(moments)
  const [first, last] = [moments[0]?.epoch ?? 0, moments.at(-1)?.epoch ?? 0]
  return (
    <figure className={styles.figure}>
      <svg
        viewBox={`0 0 ${RIDGE_WIDTH} ${height}`}
        role="img"
        aria-label={t('history.label', { first, last, low, high })}
      >
        {paths.map(({ key, path, y }) => (
          <path key={key} d={path} transform={`translate(0 ${y})`} className={styles.ridge} />
        ))}
      </svg>
      <figcaption className={styles.axis}>
        <span>{low}</span>
        <span>{t('history.epochs', { first, last })}</span>
        <span>{high}</span>
      </figcaption>
    </figure>
  )
}

/** At most MOST_RIDGES of the moments, evenly taken, first and last among them. */
function spread(moments: readonly LayerMoment[], weight: string): Moment[] {
  const all = moments.flatMap(({ k, epoch, layer }) => {
    const statistics: WeightStatistics | null | undefined =
      weight === ACTIVATIONS ? layer.activations : layer.weights[weight]
    return statistics ? [{ k, epoch, histogram: statistics.histogram }] : []
  })
  if (all.length <= MOST_RIDGES) return all
  const step = (all.length - 1) / (MOST_RIDGES - 1)
  return Array.from({ length: MOST_RIDGES }, (_, place) => all[Math.round(place * step)]).filter(
    (moment) => moment !== undefined,
  )
}
