import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cell, Column, Row } from '../api/types'
import { formatNumber } from '../ui/format'
import { cellText } from './cellText'
import styles from './RowBrowser.module.css'
import { PageMark, RowMark, type RowChoice } from './RowMark'
import { useColumnPage } from './useColumnPage'

const PAGE = 50

interface RowTableProps {
  rows: readonly Row[]
  columns: readonly Column[]
  offset: number
  /** The button that pins the row at this place, if rows can be pinned. */
  pin: ((index: number) => ReactNode) | null
  /** Null where rows can not be left out. */
  choice: RowChoice | null
}

/** Rows as they are stored, numbered from 1. */
export function RowTable({ rows, columns, offset, pin, choice }: RowTableProps) {
  const { t } = useTranslation('data')
  const { shown, tools } = useColumnPage(columns, PAGE)
  return (
    <>
      {tools}
      <div className={styles.frame} role="region" aria-label={t('dataset.rows')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {choice && (
                <td className={styles.mark}>
                  <PageMark choice={choice} />
                </td>
              )}
              <th scope="col">{t('rows.number')}</th>
              {shown.map((column) => (
                <th key={column.name} scope="col" data-number={column.kind === 'number'}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index} data-out={choice?.isLeftOut(index)} data-selected={choice?.isSelected(index)}>
                {choice && (
                  <td className={styles.mark}>
                    <RowMark choice={choice} index={index} />
                  </td>
                )}
                <th scope="row">
                  {formatNumber(offset + index + 1)} {pin?.(index)}
                </th>
                {shown.map((column) => (
                  <CellOf key={column.name} column={column} cell={row[column.name] ?? null} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function CellOf({ column, cell }: { column: Column; cell: Cell }) {
  const { t } = useTranslation('data')
  if (cell === null) return <td className={styles.empty}>{t('rows.empty')}</td>
  const text = cellText(cell)
  return (
    <td
      data-number={column.kind === 'number'}
      data-text={column.kind === 'text'}
      title={text.length > 60 ? text : undefined}
    >
      {column.kind === 'text' ? <span className={styles.text}>{text}</span> : text}
    </td>
  )
}
