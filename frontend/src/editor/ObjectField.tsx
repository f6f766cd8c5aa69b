import { useTranslation } from 'react-i18next'
import { useCatalog } from '../api/queries'
import type { Entry } from '../graph/catalog'
import type { JsonValue } from '../graph/json'
import { snakeCase } from '../graph/naming'
import { Select } from '../ui/Select'
import { ParameterForm } from './ParameterForm'
import type { Family, InputProps } from './ParameterInput'
import styles from './ParameterInput.module.css'
import { objectConfig, objectType } from './values'

const NONE = '\u0001none'

/** A Keras object inside a config: its class from a list, and under it the arguments of that class. */
export function ObjectField({
  id,
  parameter,
  value,
  onChange,
  invalid,
  family,
}: InputProps & { family: Family }) {
  const { t } = useTranslation('editor')
  const { data: catalog } = useCatalog()
  const entries: readonly Entry[] = catalog?.[family] ?? []
  const current = value === undefined ? parameter.default : value
  const entry = findEntry(entries, current)
  const isNone = current === null && parameter.nullable
  const standard = findEntry(entries, parameter.default)?.type
  const options = entries.map(({ type }) => ({
    value: type,
    label: type,
    ...(type === standard ? { hint: t('field.default') } : {}),
  }))
  const config = objectConfig(current)
  const choose = (type: string) => onChange(type === NONE ? null : { type, config: {} })
  const set = (name: string, next: JsonValue | undefined) => {
    if (!entry) return
    const rest = Object.fromEntries(Object.entries(config).filter(([key]) => key !== name))
    onChange({ type: entry.type, config: next === undefined ? rest : { ...rest, [name]: next } })
  }
  return (
    <>
      <Select
        id={id}
        value={isNone ? NONE : (entry?.type ?? objectType(current))}
        options={parameter.nullable ? [{ value: NONE, label: 'None' }, ...options] : options}
        onChange={choose}
        placeholder={t('field.choose')}
        invalid={invalid}
      />
      {entry && entry.parameters.length > 0 && value !== undefined && (
        <div className={styles.nested}>
          <ParameterForm parameters={entry.parameters} config={config} onChange={set} scope={id} />
        </div>
      )}
    </>
  )
}

/** The class that a value names: by its name, or by Keras's snake case of it. */
function findEntry(entries: readonly Entry[], value: JsonValue): Entry | undefined {
  const name = objectType(value)
  return entries.find(({ type }) => type === name || snakeCase(type) === name)
}
