import { useTranslation } from 'react-i18next'
import type { Column, FoundRow } from '../../api/types'
import { cellText } from '../../data/cellText'
import { Pixels } from '../../data/Pixels'
import { formatMetric, formatNumber, formatPercent } from '../../ui/format'
import type { Corrections } from './corrections'
import styles from './Evaluate.module.css'

/** Rows that a person picked to say something of them, and what was said. */
export interface Picking {
  picked: ReadonlySet<number>
  corrections: Corrections
  onPick: (row: number) => void
}

interface PicturesProps {
  rows: readonly FoundRow[]
  image: Column
  picking: Picking
}

interface TableProps {
  rows: readonly FoundRow[]
  columns: readonly Column[]
  picking: Picking
}

/** Pictures, each over what is true and what was said of it. */
export function FoundPictures({ rows, image, picking }: PicturesProps) {
  const { t } = useTranslation('evaluate')
  return (
    <ul className={styles.pictures} aria-label={t('samples.list')}>
      {rows.map((row) => {
        const pair = { true: said(row.true), said: said(row.predicted) }
        return (
          <li key={row.row} className={styles.sample} data-picked={picking.picked.has(row.row)}>
            <Pick row={row.row} picking={picking} />
            <Pixels
              cell={row.cells[image.name]}
              label={t('samples.picture', { row: row.row, ...pair })}
              className={styles.picture}
            />
            <span className={styles.verdict} data-right={pair.true === pair.said}>
              {pair.true === pair.said ? `✓ ${pair.true}` : `${pair.true} → ${pair.said}`}
            </span>
            <Said row={row.row} picking={picking} />
            <span className={styles.sure}>
              {row.probability === null ? formatMetric(row.loss) : formatPercent(row.probability)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** Rows with what is true, what was said, and the cells that the model saw. */
export function FoundTable({ rows, columns, picking }: TableProps) {
  const { t } = useTranslation('evaluate')
  const hasProbability = rows.some((row) => row.probability !== null)
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('samples.list')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('samples.row')}</th>
            <th scope="col">{t('samples.true')}</th>
            <th scope="col">{t('samples.said')}</th>
            {hasProbability && <th scope="col">{t('samples.probability')}</th>}
            <th scope="col">{t('samples.loss_')}</th>
            {columns.map((column) => (
              <th key={column.name} scope="col">
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.row} data-picked={picking.picked.has(row.row)}>
              <td>
                <Pick row={row.row} picking={picking} />
              </td>
              <th scope="row">{formatNumber(row.row)}</th>
              <td>
                {said(row.true)} <Said row={row.row} picking={picking} />
              </td>
              <td>{said(row.predicted)}</td>
              {hasProbability && <td>{formatPercent(row.probability)}</td>}
              <td>{formatMetric(row.loss)}</td>
              {columns.map((column) => (
                <td key={column.name} className={styles.cellText}>
                  {cellText(row.cells[column.name] ?? '')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The box that picks a row. */
function Pick({ row, picking }: { row: number; picking: Picking }) {
  const { t } = useTranslation('evaluate')
  return (
    <input
      type="checkbox"
      className={styles.pick}
      checked={picking.picked.has(row)}
      onChange={() => picking.onPick(row)}
      aria-label={t('correct.pick', { row })}
    />
  )
}

/** What was said of a row, if anything was. */
function Said({ row, picking }: { row: number; picking: Picking }) {
  const { t } = useTranslation('evaluate')
  const correction = picking.corrections.get(row)
  if (correction === undefined) return null
  return (
    <span className={styles.correction}>
      {correction === null ? t('correct.isDropped') : t('correct.isNow', { label: correction })}
    </span>
  )
}

function said(value: string | readonly number[]): string {
  return typeof value === 'string' ? value : value.map((one) => formatNumber(one, 4)).join(', ')
}
