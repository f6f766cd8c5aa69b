import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../api/types'
import { Select } from '../ui/Select'
import { TextField } from '../ui/TextField'

/** A list with more entries takes seconds to open. */
const MOST_LISTED = 200

interface ColumnSelectProps {
  id?: string
  columns: readonly Column[]
  value: string | null
  onChange: (column: string) => void
  'aria-label'?: string
}

/** One column of a dataset: from a list, or by typing its name where there are too many to list. */
export function ColumnSelect({ columns, value, onChange, ...rest }: ColumnSelectProps) {
  const { t } = useTranslation('data')
  const list = useId()
  if (columns.length <= MOST_LISTED) {
    const options = columns.map((column) => ({
      value: column.name,
      label: column.name,
      hint: `${t(`kind.${column.kind}`)}${column.role === 'target' ? ' ★' : ''}`,
    }))
    return <Select {...rest} value={value} options={options} onChange={onChange} />
  }
  const names = new Set(columns.map(({ name }) => name))
  return (
    <>
      <TextField
        {...rest}
        commit="end"
        list={list}
        value={value ?? ''}
        placeholder={t('column.find')}
        onChange={(name) => {
          if (names.has(name)) onChange(name)
        }}
      />
      <datalist id={list}>
        {columns.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  )
}
