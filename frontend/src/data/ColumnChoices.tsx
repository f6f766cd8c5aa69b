import { useTranslation } from 'react-i18next'
import type { Column, ColumnRole } from '../api/types'
import { NativeSelect } from '../ui/NativeSelect'
import { CHANGEABLE, withKind, withRole, type ColumnEdits } from './columnEdits'
import styles from './ColumnTable.module.css'

interface ChoiceProps {
  column: Column
  edits: ColumnEdits
  onEdit: ((edits: ColumnEdits) => void) | null
}

/** What a column is taken for; to be changed where its cells could be taken for something else. */
export function KindCell({ column, edits, onEdit }: ChoiceProps) {
  const { t } = useTranslation('data')
  const kind = edits.kinds.get(column.name) ?? column.kind
  if (!onEdit || !CHANGEABLE.includes(column.kind)) return <>{t(`kind.${column.kind}`)}</>
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
