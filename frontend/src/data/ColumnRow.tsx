import { useTranslation } from 'react-i18next'
import type { Column, Relation } from '../api/types'
import { Badge } from '../ui/Badge'
import { cx } from '../ui/cx'
import { formatNumber } from '../ui/format'
import { formatSample } from './binding'
import type { DatasetEdits } from './datasetEdits'
import { KindCell, LeaveOutButton, RoleCell } from './ColumnChoices'
import styles from './ColumnTable.module.css'
import { Histogram } from './Histogram'
import { STATISTICS } from './statistics'

interface ColumnRowProps {
  column: Column
  relation: Relation | undefined
  isRelated: boolean
  edits: DatasetEdits
  onEdit: ((edits: DatasetEdits) => void) | null
}

/** One column of a dataset. */
export function ColumnRow({ column, relation, isRelated, edits, onEdit }: ColumnRowProps) {
  const { t } = useTranslation('data')
  // Dates are seconds to the server; their first and last day stand under their spread.
  const measured = column.kind === 'date' ? null : column.statistics
  return (
    <tr data-out={edits.columns.has(column.name)}>
      <th scope="row">
        <span className={styles.name}>{column.name}</span>{' '}
        {column.role === 'target' && <Badge tone="accent">{t('column.target')}</Badge>}
      </th>
      <td>
        <KindCell column={column} edits={edits} onEdit={onEdit} />{' '}
        {column.shape.length > 0 && <span className="mono">{formatSample(column.shape)}</span>}
      </td>
      {onEdit && (
        <td className={styles.left}>
          <RoleCell column={column} edits={edits} onEdit={onEdit} />
        </td>
      )}
      <td className={cx(styles.left, styles.spread)}>
        <Histogram column={column} label={t('column.spreadOf', { column: column.name })} />
        <Values column={column} />
      </td>
      {isRelated && <td className={styles.left}>{relation && <RelationMark relation={relation} />}</td>}
      <td data-some={column.missing > 0}>
        {formatNumber(column.missing)}
        {column.nonfinite > 0 && (
          <span className={styles.odd}>{t('column.nonfinite', { count: column.nonfinite })}</span>
        )}
      </td>
      {STATISTICS.map((name) => (
        <td key={name}>{measured && formatNumber(measured[name])}</td>
      ))}
      {onEdit && (
        <td className={styles.last}>
          <LeaveOutButton column={column} edits={edits} onEdit={onEdit} />
        </td>
      )}
    </tr>
  )
}

const SHOWN = 10

/** The classes with how often each occurs, or the most frequent values, dates from and to, sizes of pictures. */
function Values({ column }: { column: Column }) {
  const { t } = useTranslation('data')
  const counted = valuesOf(column)
  const words = counted.slice(0, SHOWN).map(([name, count]) => `${name}: ${formatNumber(count)}`)
  const more = counted.length > SHOWN ? [t('column.more', { count: counted.length - SHOWN })] : []
  const span = column.earliest && column.latest ? [`${column.earliest} – ${column.latest}`] : []
  const text = [...span, ...words, ...more].join(' · ')
  return text === '' ? null : <span className={styles.classes}>{text}</span>
}

function valuesOf({ classes, class_counts, sizes, top }: Column): (readonly [string, number])[] {
  if (classes) return classes.map((name, index) => [name, class_counts?.[index] ?? 0] as const)
  if (sizes.length > 0) return sizes.map(([height, width, count]) => [`${height}×${width}`, count])
  return top
}

/** How strongly a column goes with the target: a bar for the strength, the measure and its number. */
function RelationMark({ relation: { measure, value } }: { relation: Relation }) {
  const { t } = useTranslation('data')
  return (
    <span className={styles.mark} title={t(`measure.${measure}.long`)}>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.fill} style={{ width: `${Math.min(1, Math.abs(value)) * 100}%` }} />
      </span>
      {t(`measure.${measure}.short`)} {formatNumber(value, 2)}
    </span>
  )
}
