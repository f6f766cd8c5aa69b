import { useTranslation } from 'react-i18next'
import { useCatalog } from '../api/queries'
import type { Entry } from '../graph/catalog'
import { isObject, type JsonObject, type JsonValue } from '../graph/json'
import { NumberField } from '../ui/NumberField'
import { Select } from '../ui/Select'
import { ParameterForm } from './ParameterForm'
import type { InputProps } from './ParameterInput'
import styles from './ParameterInput.module.css'
import { objectConfig, objectType, spoken } from './values'

const CONSTANT = '\u0001constant'

/** A number that stays the same, or a schedule that changes it while training; `constant` is for what else there is. */
export function ScheduleField({
  id,
  parameter,
  value,
  onChange,
  invalid,
  constant,
}: InputProps & { constant?: string }) {
  const { t } = useTranslation('editor')
  const { data: catalog } = useCatalog()
  const schedules = catalog?.schedules ?? []
  const type = isObject(value) ? objectType(value) : null
  const entry = schedules.find((schedule) => schedule.type === type)
  const config = objectConfig(value)
  const options = [
    { value: CONSTANT, label: constant ?? t('field.constant') },
    ...schedules.map((one) => ({ value: one.type, label: one.type })),
  ]
  const choose = (next: string) =>
    onChange(next === CONSTANT ? undefined : { type: next, config: startOf(schedules, next) })
  const set = (name: string, next: JsonValue | undefined) => {
    if (type === null) return
    const rest = Object.fromEntries(Object.entries(config).filter(([key]) => key !== name))
    onChange({ type, config: next === undefined ? rest : { ...rest, [name]: next } })
  }
  return (
    <div className={styles.items}>
      {type === null && constant === undefined && (
        <NumberField
          id={id}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
          nullable
          minimum={parameter.minimum}
          maximum={parameter.maximum}
          placeholder={spoken(parameter.default)}
          invalid={invalid}
        />
      )}
      {schedules.length > 0 && (
        <Select
          {...(type === null ? {} : { id })}
          aria-label={t('field.schedule')}
          value={type ?? CONSTANT}
          options={options}
          onChange={choose}
        />
      )}
      {entry && (
        <div className={styles.nested}>
          <ParameterForm parameters={entry.parameters} config={config} onChange={set} scope={id} />
        </div>
      )}
    </div>
  )
}

/** The arguments that Keras requires, with values to start from. */
function startOf(schedules: readonly Entry[], type: string): JsonObject {
  const parameters = schedules.find((one) => one.type === type)?.parameters ?? []
  return Object.fromEntries(parameters.filter((one) => one.required).map((one) => [one.name, one.suggestion]))
}
