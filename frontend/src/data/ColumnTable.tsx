import { useTranslation } from 'react-i18next'
import type { Column, Relation } from '../api/types'
import { type DatasetEdits } from './datasetEdits'
import { ColumnRow } from './ColumnRow'
import styles from './ColumnTable.module.css'
import { STATISTICS } from './statistics'
import { useColumnPage } from './useColumnPage'

const PAGE = 50

interface ColumnTableProps {
  columns: readonly Column[]
  /** How each goes with the target, by name; null while it is not known. */
  relations: ReadonlyMap<string, Relation> | null
  edits: DatasetEdits
  /** Null where the dataset can not be edited. */
  onEdit: ((edits: DatasetEdits) => void) | null
}

/** Every column: its kind, what is missing, its statistics and how its values are spread. */
export function ColumnTable({ columns, relations, edits, onEdit }: ColumnTableProps) {
  const { t } = useTranslation('data')
  const { shown, tools } = useColumnPage(columns, PAGE)
  return (
    <>
      {tools}
      <div className={styles.frame} role="region" aria-label={t('dataset.columns')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('column.name')}</th>
              <th scope="col">{t('column.kind')}</th>
              {onEdit && (
                <th scope="col" className={styles.left}>
                  {t('column.role')}
                </th>
              )}
              <th scope="col" className={styles.left}>
                {t('column.spread')}
              </th>
              {relations && (
                <th scope="col" className={styles.left}>
                  {t('column.relation')}
                </th>
              )}
              <th scope="col">{t('column.missing')}</th>
              {STATISTICS.map((name) => (
                <th key={name} scope="col">
                  {t(`column.${name}`)}
                </th>
              ))}
              {onEdit && <td className={styles.last} />}
            </tr>
          </thead>
          <tbody>
            {shown.map((column) => (
              <ColumnRow
                key={column.name}
                column={column}
                relation={relations?.get(column.name)}
                isRelated={relations !== null}
                edits={edits}
                onEdit={onEdit}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
