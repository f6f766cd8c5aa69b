import { useMemo, useState, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { WeightValues } from '../../api/types'
import { formatNumber } from '../../ui/format'
import styles from './Inside.module.css'
import { PixelCanvas } from './PixelCanvas'
import { heatPicture, kernelsOf, matrixOf } from './values'

interface HeatMapProps {
  weight: WeightValues
  /** The size of value that has the full colour. */
  limit: number
}

/** The values of a weight as colours: a convolution's filters as small pictures, anything else as a table. */
export function HeatMap({ weight, limit }: HeatMapProps) {
  const kernels = useMemo(() => kernelsOf(weight.values, weight.shape, limit), [weight, limit])
  const { t } = useTranslation('runs')
  if (!kernels) return <Table weight={weight} limit={limit} />
  return (
    <figure className={styles.figure}>
      <div
        className={styles.kernels}
        role="img"
        aria-label={t('inside.kernels', { count: kernels.pictures.length })}
      >
        {kernels.pictures.map((pixels, filter) => (
          <PixelCanvas key={filter} pixels={pixels} className={styles.kernel} />
        ))}
      </div>
      <figcaption className={styles.caption}>
        {kernels.rgb
          ? t('inside.rgb', { filters: weight.shape[3] })
          : t('inside.firstChannel', { count: weight.shape[2] ?? 1, filters: weight.shape[3] })}
      </figcaption>
      {!kernels.rgb && <Legend limit={limit} />}
    </figure>
  )
}

function Table({ weight, limit }: HeatMapProps) {
  const { t } = useTranslation('runs')
  const matrix = useMemo(() => matrixOf(weight.values), [weight])
  const pixels = useMemo(() => heatPicture(matrix, limit), [matrix, limit])
  const [pointed, setPointed] = useState<string | null>(null)
  const point = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const column = Math.min(
      matrix.columns - 1,
      Math.floor(((event.clientX - box.left) / box.width) * matrix.columns),
    )
    const row = Math.min(matrix.rows - 1, Math.floor(((event.clientY - box.top) / box.height) * matrix.rows))
    const place = matrix.turned ? `${column}, ${row}` : `${row}, ${column}`
    setPointed(`[${place}] ${formatNumber(matrix.cells[row * matrix.columns + column], 4)}`)
  }
  const thinned = weight.steps.some((step) => step > 1)
  if (matrix.cells.length === 0) return null
  return (
    <figure className={styles.figure}>
      <PixelCanvas
        pixels={pixels}
        className={styles.heat}
        label={t('inside.map', { name: weight.name, shape: weight.shape.join(' × ') })}
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      />
      <figcaption className={styles.caption}>
        {pointed ??
          t(matrix.turned ? 'inside.turned' : 'inside.lines', { shape: weight.shape.join(' × ') || '1' })}
        {thinned && ` ${t('inside.thinned', { steps: weight.steps.join(' × ') })}`}
      </figcaption>
      <Legend limit={limit} />
    </figure>
  )
}

function Legend({ limit }: { limit: number }) {
  return (
    <div className={styles.legend}>
      <span>{formatNumber(-limit)}</span>
      <span className={styles.scale} aria-hidden="true" />
      <span>{formatNumber(limit)}</span>
    </div>
  )
}
