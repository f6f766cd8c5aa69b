import { useTranslation } from 'react-i18next'
import type { Column, FoundRow } from '../../api/types'
import { cellText } from '../../data/cellText'
import { Pixels } from '../../data/Pixels'
import { formatMetric, formatNumber, formatPercent } from '../../ui/format'
import styles from './Evaluate.module.css'

/** Pictures, each over what is true and what was said of it. */
export function FoundPictures({ rows, image }: { rows: readonly FoundRow[]; image: Column }) {
  const { t } = useTranslation('evaluate')
  return (
    <ul className={styles.pictures} aria-label={t('samples.list')}>
      {rows.map((row) => {
        const pair = { true: said(row.true), said: said(row.predicted) }
        return (
          <li key={row.row} className={styles.sample}>
            <Pixels
              cell={row.cells[image.name]}
              label={t('samples.picture', { row: row.row, ...pair })}
              className={styles.picture}
            />
            <span className={styles.verdict} data-right={pair.true === pair.said}>
              {pair.true === pair.said ? `✓ ${pair.true}` : `${pair.true} → ${pair.said}`}
            </span>
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
export function FoundTable({ rows, columns }: { rows: readonly FoundRow[]; columns: readonly Column[] }) {
  const { t } = useTranslation('evaluate')
  const hasProbability = rows.some((row) => row.probability !== null)
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('samples.list')}>
      <table className={styles.table}>
        <thead>
          <tr>
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
            <tr key={row.row}>
              <th scope="row">{formatNumber(row.row)}</th>
              <td>{said(row.true)}</td>
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

function said(value: string | readonly number[]): string {
  return typeof value === 'string' ? value : value.map((one) => formatNumber(one, 4)).join(', ')
}
