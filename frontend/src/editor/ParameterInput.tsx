import { useTranslation } from 'react-i18next'
import { useCatalog } from '../api/queries'
import type { Catalog, Parameter } from '../graph/catalog'
import type { JsonValue } from '../graph/json'
import type { Problem } from '../graph/report'
import { NumberField } from '../ui/NumberField'
import { Select } from '../ui/Select'
import { Switch } from '../ui/Switch'
import { TextField } from '../ui/TextField'
import { CodeField } from './CodeField'
import { ObjectField } from './ObjectField'
import { ObjectListField } from './ObjectListField'
import styles from './ParameterInput.module.css'
import { RatesField } from './RatesField'
import { ScheduleField } from './ScheduleField'
import { TypedField } from './TypedField'
import { objectType, spoken } from './values'

export interface InputProps {
  id: string
  parameter: Parameter
  value: JsonValue | undefined
  onChange: (value: JsonValue | undefined) => void
  invalid: boolean
  /** What is wrong with the value, for a control that shows where. */
  problems?: readonly Problem[]
}

const DTYPES = [
  'float32',
  'float16',
  'bfloat16',
  'float64',
  'uint8',
  'int8',
  'int16',
  'int32',
  'int64',
  'bool',
  'string',
]

/** The control for one kind of parameter. A kind that has no control of its own is typed as text. */
export function ParameterInput(props: InputProps) {
  const { parameter } = props
  switch (parameter.kind) {
    case 'boolean':
      return <BooleanInput {...props} />
    case 'integer':
    case 'number':
    case 'scalar':
      return <NumberInput {...props} />
    case 'choice':
      return <ChoiceInput {...props} choices={parameter.choices ?? []} />
    case 'dtype':
      return <ChoiceInput {...props} choices={parameter.choices ?? DTYPES} />
    case 'activation':
      return <ActivationInput {...props} />
    case 'initializer':
    case 'regularizer':
    case 'constraint':
    case 'layer':
      return <ObjectField {...props} family={FAMILY[parameter.kind]} />
    case 'layers':
      return <ObjectListField {...props} />
    case 'number_or_schedule':
      return <ScheduleField {...props} />
    case 'rates':
      return <RatesField {...props} />
    case 'code':
      return <CodeField {...props} />
    case 'string':
      return <StringInput {...props} />
    default:
      return <TypedField {...props} />
  }
}

export type Family = 'initializers' | 'regularizers' | 'constraints' | 'layers' | 'schedules'

const FAMILY = {
  initializer: 'initializers',
  regularizer: 'regularizers',
  constraint: 'constraints',
  layer: 'layers',
} as const satisfies Record<string, Family & keyof Catalog>

function BooleanInput({ id, parameter, value, onChange }: InputProps) {
  const current = value === undefined ? parameter.default : value
  return (
    <span className={styles.switch}>
      <Switch id={id} checked={current === true} onChange={onChange} />
      <span className={styles.word} aria-hidden="true">
        {current === null ? 'None' : current === true ? 'True' : 'False'}
      </span>
    </span>
  )
}

function NumberInput({ id, parameter, value, onChange, invalid }: InputProps) {
  const { minimum, maximum, nullable, required } = parameter
  return (
    <NumberField
      id={id}
      value={typeof value === 'number' ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
      integer={parameter.kind === 'integer'}
      nullable={nullable || !required}
      minimum={minimum}
      maximum={maximum}
      outside="pass"
      placeholder={value === null ? 'None' : placeholder(parameter)}
      invalid={invalid}
    />
  )
}

function StringInput({ id, parameter, value, onChange, invalid }: InputProps) {
  const text = typeof value === 'string' ? value : ''
  const set = (next: string) => onChange(next === '' && !parameter.required ? undefined : next)
  return (
    <TextField id={id} value={text} onChange={set} placeholder={placeholder(parameter)} invalid={invalid} />
  )
}

const NONE = '\u0001none'

function ChoiceInput({
  id,
  parameter,
  value,
  onChange,
  invalid,
  choices,
}: InputProps & { choices: readonly string[] }) {
  const { t } = useTranslation('editor')
  const current = value === undefined ? parameter.default : value
  const all = choices.map((choice) => ({
    value: choice,
    label: choice,
    ...(choice === parameter.default ? { hint: t('field.default') } : {}),
  }))
  const options = parameter.nullable ? [{ value: NONE, label: 'None' }, ...all] : all
  const shown = current === null ? (parameter.nullable ? NONE : null) : spoken(current)
  return (
    <Select
      id={id}
      value={shown}
      options={options}
      onChange={(next) => onChange(next === NONE ? null : next)}
      placeholder={placeholder(parameter)}
      invalid={invalid}
    />
  )
}

function ActivationInput(props: InputProps) {
  const { data: catalog } = useCatalog()
  const names = catalog?.activations.map((entry) => entry.type) ?? []
  return <ChoiceInput {...props} value={objectType(props.value) ?? props.value} choices={names} />
}

function placeholder(parameter: Parameter): string {
  if (parameter.required) return ''
  return spoken(parameter.default)
}
