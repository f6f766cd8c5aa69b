import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { evaluate } from './arithmetic'
import control from './control.module.css'
import { cx } from './cx'
import styles from './NumberField.module.css'
import { clamp, inFull, plain, stepped } from './numberSteps'

export interface NumberFieldProps {
  id?: string
  value: number | null
  /** Called with every whole and valid value typed, stepped or dragged; with null when a nullable field is emptied. */
  onChange: (value: number | null) => void
  integer?: boolean
  nullable?: boolean
  minimum?: number | null
  maximum?: number | null
  /** What becomes of a typed value outside the range: kept back and marked, or passed on for others to judge. */
  outside?: 'refuse' | 'pass'
  step?: number
  placeholder?: string
  disabled?: boolean
  invalid?: boolean
  className?: string
  'aria-label'?: string
  'aria-describedby'?: string
}

const DRAG_THRESHOLD = 4
const PIXELS_PER_STEP = 6

/**
 * A number to type (arithmetic allowed: 28*28), to step with the arrow keys (Shift: by ten steps) and to drag with the
 * handle at its right end. Without `step`, whole numbers go by 1 and others by a tenth of their size.
 */
export function NumberField({ value, onChange, invalid, className, ...props }: NumberFieldProps) {
  const {
    integer = false,
    nullable = false,
    minimum = null,
    maximum = null,
    outside = 'refuse',
    step,
    ...rest
  } = props
  const [draft, setDraft] = useState<string | null>(null)
  const range = { integer, minimum, maximum, step: step ?? null }
  const fits = (next: number | null) => outside === 'pass' || next === clamp(next, range)
  const parsed = draft === null ? value : read(draft, nullable)
  const isWrong = parsed === undefined || !fits(parsed)

  const type = (text: string) => {
    setDraft(text)
    const next = read(text, nullable)
    if (next !== undefined && fits(next)) onChange(next)
  }
  const finish = () => {
    if (parsed !== undefined && !fits(parsed)) onChange(clamp(parsed, range))
    setDraft(null)
  }
  const move = (from: number, steps: number) => {
    setDraft(null)
    onChange(stepped(from, steps, range))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') finish()
    if (event.key === 'Escape') event.currentTarget.blur()
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    const size = event.shiftKey ? 10 : 1
    move(parsed ?? value ?? Number(rest.placeholder ?? 0), event.key === 'ArrowUp' ? size : -size)
  }

  return (
    <span className={cx(styles.field, className)}>
      <input
        type="text"
        inputMode={integer ? 'numeric' : 'decimal'}
        role="spinbutton"
        autoComplete="off"
        className={cx(control.control, styles.input)}
        value={draft ?? plain(value)}
        aria-valuenow={inFull(value)}
        aria-valuemin={inFull(minimum)}
        aria-valuemax={inFull(maximum)}
        aria-invalid={invalid === true || isWrong ? true : undefined}
        onChange={(event) => type(event.target.value)}
        onBlur={finish}
        onFocus={(event) => event.target.select()}
        onKeyDown={onKeyDown}
        {...rest}
      />
      {!rest.disabled && <DragHandle value={value ?? Number(rest.placeholder ?? 0)} onMove={move} />}
    </span>
  )
}

/** The grip that changes the number while it is dragged sideways; for the pointer only, the keys do the same. */
function DragHandle({ value, onMove }: { value: number; onMove: (from: number, steps: number) => void }) {
  const start = useRef<{ x: number; value: number } | null>(null)
  const onPointerMove = (event: PointerEvent<HTMLSpanElement>) => {
    if (!start.current) return
    const way = event.clientX - start.current.x
    if (Math.abs(way) >= DRAG_THRESHOLD) onMove(start.current.value, Math.round(way / PIXELS_PER_STEP))
  }
  return (
    <span
      className={styles.handle}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, value: Number.isFinite(value) ? value : 0 }
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
    />
  )
}

/** The value of a text: a number, null where the field may be empty and is, undefined where it is neither. */
function read(text: string, nullable: boolean): number | null | undefined {
  if (text.trim() === '') return nullable ? null : undefined
  return evaluate(text) ?? undefined
}
