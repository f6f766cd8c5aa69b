import { ChevronRight, Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { weightUrl, type WeightQuestion } from '../../api/models'
import { useLayer, useWeight } from '../../api/modelQueries'
import type { LayerReport, WeightReport } from '../../api/types'
import { formatNumber } from '../../ui/format'
import { Skeleton } from '../../ui/Skeleton'
import { HeatMap } from './HeatMap'
import styles from './Inside.module.css'
import { LayerHistory } from './LayerHistory'
import { largest, WeightFigures } from './WeightFigures'

const MOST_WEIGHTS = 12

/** One layer after an epoch: its configuration, and each weight as figures, as a picture and as a file. */
export function LayerView({ run, epoch, name }: { run: number; epoch: number; name: string }) {
  const { t } = useTranslation('runs')
  const { data: layer, error } = useLayer(run, epoch, name)
  if (error)
    return (
      <p className={styles.note} role="alert">
        {error.message}
      </p>
    )
  if (layer?.name !== name) return <Skeleton lines={6} height={22} />
  const shown = layer.weights.slice(0, MOST_WEIGHTS)
  return (
    <div className={styles.layer}>
      <h3>
        {layer.name} <span className={styles.type}>{layer.type}</span>
      </h3>
      {shown.length === 0 && <p className={styles.note}>{t('inside.noWeights')}</p>}
      {shown.map((weight) => (
        <Weight
          key={weight.index}
          weight={weight}
          question={{ run, epoch: layer.epoch ?? epoch, layer: name, weight: weight.index }}
        />
      ))}
      {layer.weights.length > shown.length && (
        <p className={styles.note}>{t('inside.more', { count: layer.weights.length - shown.length })}</p>
      )}
      <LayerHistory key={name} run={run} layer={name} />
      <Configuration layer={layer} />
    </div>
  )
}

function Weight({ weight, question }: { weight: WeightReport; question: WeightQuestion }) {
  const { t } = useTranslation('runs')
  const { data: values, error } = useWeight(question)
  const { name, shape, dtype, statistics } = weight
  return (
    <section className={styles.weight} aria-label={name}>
      <header className={styles.weightHead}>
        <h4>{name}</h4>
        <code>{shape.join(' × ') || '1'}</code>
        <span className={styles.dtype}>
          {dtype}
          {!weight.trainable && ` · ${t('inside.frozen')}`}
        </span>
        {(['npy', 'csv'] as const).map((format) => (
          <a
            key={format}
            href={weightUrl(question, format)}
            download
            aria-label={t('inside.download', { name, format })}
          >
            <Download size={12} aria-hidden="true" /> .{format}
          </a>
        ))}
      </header>
      <div className={styles.pictures}>
        {statistics && <WeightFigures name={name} statistics={statistics} />}
        {values && statistics && <HeatMap weight={values} limit={largest(statistics)} />}
        {!values && !error && <Skeleton height={64} />}
        {error && (
          <p className={styles.note} role="alert">
            {error.message}
          </p>
        )}
      </div>
    </section>
  )
}

function Configuration({ layer }: { layer: LayerReport }) {
  const { t } = useTranslation('runs')
  return (
    <details className={styles.configuration}>
      <summary>
        <ChevronRight size={13} aria-hidden="true" />
        {t('inside.configuration', { shown: formatNumber(layer.parameters) })}
      </summary>
      <dl>
        {Object.entries(layer.config).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
