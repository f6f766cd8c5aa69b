import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLayers } from '../../api/modelQueries'
import { isEnded } from '../../api/streamCursor'
import type { LayerLine, RunDetail } from '../../api/types'
import { cx } from '../../ui/cx'
import { formatNumber, formatShape, formatShapeFull } from '../../ui/format'
import { Panel } from '../../ui/Panel'
import { Skeleton } from '../../ui/Skeleton'
import { EpochSelect } from './EpochSelect'
import styles from './Inside.module.css'
import { LayerView } from './LayerView'

interface LayersPanelProps {
  run: RunDetail
  /** Epochs whose checkpoints are there, as far as is known by now. */
  epochs: readonly number[]
}

/** Looking inside the model of a run: its layers, and one of them opened. Follows the newest checkpoint until another is chosen. */
export function LayersPanel({ run, epochs }: LayersPanelProps) {
  const { t } = useTranslation('runs')
  const [chosen, setChosen] = useState<number | null>(null)
  const newest = epochs.at(-1)
  if (newest === undefined)
    return (
      <Panel title={t('inside.title')}>
        <p className={styles.note}>{t(isEnded(run.state) ? 'inside.never' : 'inside.none')}</p>
      </Panel>
    )
  const epoch = chosen !== null && epochs.includes(chosen) ? chosen : newest
  const choose = (next: number) => setChosen(next === newest ? null : next)
  const aside = (
    <div className={styles.epoch}>
      <EpochSelect epochs={epochs} best={run.best_epoch} value={epoch} onChange={choose} />
    </div>
  )
  return (
    <Panel title={t('inside.title')} aside={aside}>
      <Layers run={run.id} epoch={epoch} />
    </Panel>
  )
}

function Layers({ run, epoch }: { run: number; epoch: number }) {
  const { data, error } = useLayers(run, epoch)
  const [opened, setOpened] = useState<string | null>(null)
  if (error)
    return (
      <p className={styles.note} role="alert">
        {error.message}
      </p>
    )
  if (!data) return <Skeleton lines={5} height={22} />
  const first = data.layers.find(({ weights }) => weights.length > 0) ?? data.layers[0]
  const name = data.layers.some((layer) => layer.name === opened) ? opened : (first?.name ?? null)
  return (
    <div className={styles.inside}>
      <LayerTable layers={data.layers} opened={name} onOpen={setOpened} />
      {name !== null && <LayerView run={run} epoch={epoch} name={name} />}
    </div>
  )
}

interface LayerTableProps {
  layers: readonly LayerLine[]
  opened: string | null
  onOpen: (name: string) => void
}

function LayerTable({ layers, opened, onOpen }: LayerTableProps) {
  const { t } = useTranslation('runs')
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('inside.list')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">{t('inside.layer')}</th>
            <th scope="col">{t('inside.shape')}</th>
            <th scope="col">{t('inside.parameters')}</th>
          </tr>
        </thead>
        <tbody>
          {layers.map((layer) => (
            <tr key={layer.name} className={cx(layer.name === opened && styles.opened)}>
              <td>{layer.index}</td>
              <td>
                <button
                  type="button"
                  className={styles.open}
                  aria-pressed={layer.name === opened}
                  onClick={() => onOpen(layer.name)}
                >
                  {layer.name} <span className={styles.type}>{layer.type}</span>
                </button>
              </td>
              <td
                className={styles.mono}
                title={layer.outputs.map((shape) => formatShapeFull(shape)).join(' ')}
              >
                {layer.outputs.map((shape) => formatShape(shape)).join(', ')}
              </td>
              <td className={styles.count}>{formatNumber(layer.parameters)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
