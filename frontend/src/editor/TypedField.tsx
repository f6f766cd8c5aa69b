import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Parameter } from '../graph/catalog'
import { TextField } from '../ui/TextField'
import type { InputProps } from './ParameterInput'
import styles from './ParameterInput.module.css'
import { readJson, readNumbers, readShape, readStrings, readValue, written, type Read } from './values'

/** A value typed as text: numbers "3, 3", shapes "28×28×1", lists of words, JSON. Set as soon as it can be read. */
export function TypedField({ id, parameter, value, onChange, invalid }: InputProps) {
  const { t } = useTranslation('editor')
  const [draft, setDraft] = useState<string | null>(null)
  const shown = draft ?? (value === undefined ? '' : written(value, parameter.kind))
  const isUnread = draft !== null && read(draft, parameter) === undefined
  const type = (text: string) => {
    setDraft(text)
    const next = read(text, parameter)
    if (next !== undefined) onChange(next === null ? undefined : next.value)
  }
  return (
    <>
      <TextField
        id={id}
        value={shown}
        onChange={type}
        onBlur={() => setDraft(null)}
        placeholder={
          parameter.required || parameter.kind === 'value'
            ? t(`field.example.${parameter.kind}`)
            : written(parameter.default, parameter.kind)
        }
        invalid={invalid || isUnread}
        aria-describedby={isUnread ? `${id}-hint` : undefined}
      />
      {isUnread && (
        <p id={`${id}-hint`} className={styles.hint}>
          {t(`field.expected.${parameter.kind}`)}
        </p>
      )}
    </>
  )
}

/** The value of a text; null where the field is emptied and the default holds; undefined where it can not be read. */
function read(text: string, parameter: Parameter): Read | undefined {
  if (text.trim() === '') return parameter.required ? undefined : null
  if (parameter.nullable && /^(none|null)$/i.test(text.trim())) return { value: null }
  return reader(text, parameter) ?? undefined
}

function reader(text: string, { kind }: Parameter): Read {
  switch (kind) {
    case 'integers':
    case 'axis':
      return readNumbers(text, true)
    case 'numbers':
      return readNumbers(text, false)
    case 'shape':
      return readShape(text)
    case 'value':
      return readValue(text)
    case 'strings':
      return readStrings(text)
    default:
      return readJson(text)
  }
}
