import type { ReactNode } from 'react'
import type { Column, Row } from '../api/types'
import { Pixels } from './Pixels'
import styles from './RowBrowser.module.css'

interface ImageGridProps {
  rows: readonly Row[]
  image: Column
  columns: readonly Column[]
  /** The button that pins the row at this place, if rows can be pinned. */
  pin: ((index: number) => ReactNode) | null
}

/** Pictures side by side, each over its label. */
export function ImageGrid({ rows, image, columns, pin }: ImageGridProps) {
  const target = columns.find((column) => column.role === 'target')
  return (
    <ul className={styles.grid}>
      {rows.map((row, index) => {
        const label = target ? String(row[target.name] ?? '') : ''
        return (
          <li key={index} className={styles.sample}>
            <Pixels cell={row[image.name]} label={label || image.name} className={styles.picture} />
            <span className={styles.under}>
              <span className={styles.label} aria-hidden="true">
                {label}
              </span>
              {pin?.(index)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
