export interface Range {
  integer: boolean
  minimum: number | null
  maximum: number | null
  /** How far one step goes; null means 1 for whole numbers, a tenth of the size for others. */
  step: number | null
}

/** The nearest allowed value; null stays null. */
export function clamp<T extends number | null>(value: T, { integer, minimum, maximum }: Range): T {
  if (value === null) return value
  const whole = integer ? Math.round(value) : value
  return Math.min(maximum ?? Infinity, Math.max(minimum ?? -Infinity, whole)) as T
}

/** The value some steps away, kept in its range and free of rounding dust. */
export function stepped(from: number, steps: number, range: Range): number {
  const step = range.step ?? (range.integer ? 1 : tenth(from))
  return clamp(Number((from + steps * step).toPrecision(12)), range)
}

/** A number as it is written in a field: without separators, so that it can be edited. */
export function plain(value: number | null): string {
  return value === null || !Number.isFinite(value) ? '' : String(value)
}

/** A number as ARIA wants it: without an exponent. It is a text that reads as that number. */
export function inFull(value: number | null): number | undefined {
  const text = value?.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 })
  return text as unknown as number | undefined
}

function tenth(value: number): number {
  return value === 0 ? 0.1 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1)
}
