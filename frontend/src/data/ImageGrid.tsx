import type { ReactNode } from 'react'
import type { Column, Row } from '../api/types'
import { Pixels } from './Pixels'
import styles from './RowBrowser.module.css'
import { RowMark, type RowChoice } from './RowMark'

interface ImageGridProps {
  rows: readonly Row[]
  image: Column
  columns: readonly Column[]
  /** The button that pins the row at this place, if rows can be pinned. */
  pin: ((index: number) => ReactNode) | null
  /** Null where rows can not be left out. */
  choice: RowChoice | null
}

/** Pictures side by side, each over its label. */
export function ImageGrid({ rows, image, columns, pin, choice }: ImageGridProps) {
  const target = columns.find((column) => column.role === 'target')
  return (
    <ul className={styles.grid}>
      {rows.map((row, index) => {
        const label = target ? String(row[target.name] ?? '') : ''
        return (
          <li
            key={index}
            className={styles.sample}
            data-out={choice?.isLeftOut(index)}
            data-selected={choice?.isSelected(index)}
          >
            <Pixels cell={row[image.name]} label={label || image.name} className={styles.picture} />
            {choice && (
              <span className={styles.over}>
                <RowMark choice={choice} index={index} />
              </span>
            )}
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
