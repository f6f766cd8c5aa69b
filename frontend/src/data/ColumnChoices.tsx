import { Trash2, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Column, ColumnRole } from '../api/types'
import { IconButton } from '../ui/IconButton'
import { NativeSelect } from '../ui/NativeSelect'
import { CHANGEABLE, withColumn, withKind, withRole, type DatasetEdits } from './datasetEdits'
import styles from './ColumnTable.module.css'

interface ChoiceProps {
  column: Column
  edits: DatasetEdits
  onEdit: ((edits: DatasetEdits) => void) | null
}

/** What a column is taken for; to be changed where its cells could be taken for something else. */
export function KindCell({ column, edits, onEdit }: ChoiceProps) {
  const { t } = useTranslation('data')
  const kind = edits.kinds.get(column.name) ?? column.kind
  if (!onEdit || edits.columns.has(column.name) || !CHANGEABLE.includes(column.kind))
    return <>{t(`kind.${column.kind}`)}</>
  return (
    <span data-changed={edits.kinds.has(column.name)} className={styles.choice}>
      <NativeSelect
        aria-label={t('column.kindOf', { column: column.name })}
        value={kind}
        options={CHANGEABLE.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(next) => onEdit(withKind(edits, column, next))}
      />
    </span>
  )
}

const ROLES = ['feature', 'target', 'none'] as const

/** What a column is for. */
export function RoleCell({ column, edits, onEdit }: ChoiceProps) {
  const { t } = useTranslation('data')
  if (edits.columns.has(column.name)) return <>{t(`role.${column.role ?? 'none'}`)}</>
  const role: ColumnRole = edits.roles.has(column.name) ? (edits.roles.get(column.name) ?? null) : column.role
  return (
    <span data-changed={edits.roles.has(column.name)} className={styles.choice}>
      <NativeSelect
        aria-label={t('column.roleOf', { column: column.name })}
        value={role ?? 'none'}
        options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        onChange={(next) => onEdit?.(withRole(edits, column, next === 'none' ? null : next))}
      />
    </span>
  )
}

/** Leaves a column out of the next version, or puts it back. */
export function LeaveOutButton({ column, edits, onEdit }: ChoiceProps) {
  const { t } = useTranslation('data')
  const isOut = edits.columns.has(column.name)
  return (
    <IconButton
      className={styles.leaveOut}
      label={t(isOut ? 'column.putBack' : 'column.leaveOut', { column: column.name })}
      onClick={() => onEdit?.(withColumn(edits, column.name, isOut))}
    >
      {isOut ? <Undo2 aria-hidden="true" /> : <Trash2 aria-hidden="true" />}
    </IconButton>
  )
}
