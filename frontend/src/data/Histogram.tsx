import type { Column } from '../api/types'
import { formatNumber } from '../ui/format'
import styles from './Histogram.module.css'

interface Bar {
  height: number
  title: string
}

interface Bins {
  edges: readonly number[]
  counts: readonly number[]
}

const MOST_BARS = 24

/** How a column's values are spread: bins of numbers, or how often each class occurs. Nothing where neither is known. */
export function Histogram({ column, label }: { column: Column; label: string }) {
  return <Drawn bars={barsOf(column)} label={label} />
}

/** How numbers are spread: how many lie between each two edges. */
export function BinHistogram({ edges, counts, label }: { label: string } & Bins) {
  return <Drawn bars={binned({ edges, counts })} label={label} />
}

function Drawn({ bars, label }: { bars: Bar[]; label: string }) {
  if (bars.length === 0) return null
  const width = 100 / bars.length
  return (
    <svg
      className={styles.histogram}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {bars.map((bar, index) => (
        <rect key={index} x={index * width} width={width * 0.86} y={100 - bar.height} height={bar.height}>
          <title>{bar.title}</title>
        </rect>
      ))}
    </svg>
  )
}

function barsOf(column: Column): Bar[] {
  if (column.class_counts && column.classes) {
    const { classes } = column
    return scaled(column.class_counts.slice(0, MOST_BARS), (index) => classes[index] ?? String(index))
  }
  return column.histogram ? binned(column.histogram) : []
}

function binned({ edges, counts }: Bins): Bar[] {
  return scaled(counts, (index) => `${formatNumber(edges[index])} – ${formatNumber(edges[index + 1])}`)
}

/** Bars as high as the largest is 100; what is there at all can be seen. */
function scaled(counts: readonly number[], name: (index: number) => string): Bar[] {
  const largest = Math.max(1, ...counts)
  return counts.map((count, index) => ({
    height: count === 0 ? 0 : Math.max(2, (count / largest) * 100),
    title: `${name(index)}: ${formatNumber(count)}`,
  }))
}
