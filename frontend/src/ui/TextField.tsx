import { useState, type InputHTMLAttributes, type Ref } from 'react'
import control from './control.module.css'
import { cx } from './cx'

export interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  value: string
  /** Called while typing, or on Enter and on leaving the field where `commit` is "end". */
  onChange: (value: string) => void
  commit?: 'type' | 'end'
  invalid?: boolean
  ref?: Ref<HTMLInputElement>
}

/** One line of text. Esc takes back what was typed and not yet committed. */
export function TextField({
  value,
  onChange,
  commit = 'type',
  invalid,
  className,
  onKeyDown,
  ...rest
}: TextFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const finish = () => {
    if (draft !== null && draft !== value) onChange(draft)
    setDraft(null)
  }
  const shared = {
    className: cx(control.control, className),
    'aria-invalid': invalid,
    spellCheck: false,
    autoComplete: 'off',
  }
  if (commit === 'type') {
    return (
      <input
        type="text"
        {...shared}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        {...rest}
      />
    )
  }
  return (
    <input
      type="text"
      {...shared}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish()
        if (event.key === 'Escape' && draft !== null) {
          setDraft(null)
          event.stopPropagation()
        }
        onKeyDown?.(event)
      }}
      {...rest}
    />
  )
}
