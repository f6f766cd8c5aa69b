import { useQueries } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { curvesQuery } from '../api/queries'
import { isEnded } from '../api/streamCursor'
import type { Curves, RunSummary } from '../api/types'
import { Select } from '../ui/Select'
import { comparison } from './compare'
import { bestMetric } from './runList'
import { spoken } from './metricNames'
import { hueColour } from './palette'
import { Plot } from './Plot'
import styles from './RunsPage.module.css'

/** The curves of several runs over each other, one metric at a time. */
export function CompareCurves({ runs }: { runs: readonly RunSummary[] }) {
  const { t } = useTranslation('runs')
  const answers = useQueries({
    queries: runs.map(({ id, state }) => curvesQuery(id, isEnded(state))),
    combine: (results) => results.map(({ data }) => data),
  })
  const [chosen, setChosen] = useState<string | null>(null)
  const known = useMemo(
    () =>
      runs.map(({ id, name }, index) => ({ label: `#${id} ${name}`, curves: answers[index] ?? NO_CURVES })),
    [runs, answers],
  )
  const told = runs.map(bestMetric).find((best) => best !== null)?.name ?? null
  const { metric, metrics, x, lines } = useMemo(() => comparison(known, chosen, told), [known, chosen, told])
  return (
    <section className={styles.compare} aria-label={t('compare.title')}>
      <div className={styles.compareHead}>
        <h2>{t('compare.title')}</h2>
        <div className={styles.metric}>
          <Select
            aria-label={t('charts.metric')}
            value={metric}
            placeholder={t('charts.metric')}
            disabled={metrics.length === 0}
            options={metrics.map((name) => ({ value: name, label: spoken(name) }))}
            onChange={setChosen}
          />
        </div>
      </div>
      <ul className={styles.legend}>
        {runs.map((run, hue) => (
          <li key={run.id}>
            <span className={styles.swatch} style={{ background: hueColour(hue) }} />#{run.id} {run.name}
          </li>
        ))}
      </ul>
      {lines.length > 0 && metric !== null ? (
        <Plot
          label={t('compare.label', {
            metric: spoken(metric),
            runs: runs.map(({ name }) => name).join(', '),
          })}
          x={x}
          lines={lines}
          axis="step"
        />
      ) : (
        <p className={styles.none}>{t(runs.length === 0 ? 'compare.none' : 'compare.empty')}</p>
      )}
    </section>
  )
}

const NO_CURVES: Curves = {}
