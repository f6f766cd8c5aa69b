import { useTranslation } from 'react-i18next'
import type { Column } from '../api/types'
import { Badge } from '../ui/Badge'
import { formatNumber } from '../ui/format'
import { formatSample } from './binding'
import styles from './ColumnTable.module.css'
import { Histogram } from './Histogram'

const STATISTICS = ['min', 'median', 'mean', 'max', 'std'] as const

/** Every column: its kind, what is missing, its statistics and how its values are spread. */
export function ColumnTable({ columns }: { columns: readonly Column[] }) {
  const { t } = useTranslation('data')
  return (
    <div className={styles.frame} role="region" aria-label={t('dataset.columns')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('column.name')}</th>
            <th scope="col">{t('column.kind')}</th>
            <th scope="col">{t('column.spread')}</th>
            <th scope="col">{t('column.missing')}</th>
            {STATISTICS.map((name) => (
              <th key={name} scope="col">
                {t(`column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <ColumnRow key={column.name} column={column} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ColumnRow({ column }: { column: Column }) {
  const { t } = useTranslation('data')
  return (
    <tr>
      <th scope="row">
        {column.name} {column.role === 'target' && <Badge tone="accent">{t('column.target')}</Badge>}
      </th>
      <td>
        {t(`kind.${column.kind}`)}{' '}
        {column.shape.length > 0 && <span className="mono">{formatSample(column.shape)}</span>}
      </td>
      <td className={styles.spread}>
        <Histogram column={column} label={t('column.spreadOf', { column: column.name })} />
        {column.classes && <Classes column={column} />}
      </td>
      <td data-some={column.missing > 0}>{formatNumber(column.missing)}</td>
      {STATISTICS.map((name) => (
        <td key={name}>{column.statistics ? formatNumber(column.statistics[name]) : ''}</td>
      ))}
    </tr>
  )
}

const SHOWN = 10

/** The classes with how often each occurs. */
function Classes({ column }: { column: Column }) {
  const { t } = useTranslation('data')
  const classes = column.classes ?? []
  const counted = classes
    .slice(0, SHOWN)
    .map((name, index) => `${name}: ${formatNumber(column.class_counts?.[index])}`)
  const more = classes.length > SHOWN ? [t('column.more', { count: classes.length - SHOWN })] : []
  return <span className={styles.classes}>{[...counted, ...more].join(' · ')}</span>
}
