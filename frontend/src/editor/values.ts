import type { Kind } from '../graph/catalog'
import { isObject, type JsonValue } from '../graph/json'
import { evaluate } from '../ui/arithmetic'

/** What a typed text means; null where it is not a value of that kind. */
export type Read = { value: JsonValue } | null

/** A value as it stands in a text field, so that it can be edited: [3, 3] → "3, 3". */
export function written(value: JsonValue | undefined, kind: Kind): string {
  if (value === undefined) return ''
  if (value === null) return kind === 'json' ? 'null' : 'None'
  if (kind === 'json' || (kind === 'value' && isNested(value))) return JSON.stringify(value)
  if (Array.isArray(value)) return value.map((item) => (item === null ? 'None' : plainItem(item))).join(', ')
  return plainItem(value)
}

function plainItem(value: JsonValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A default as Python writes it, for a hint: None, True, relu, [3, 3]. */
export function spoken(value: JsonValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Numbers as Keras takes them: one ("3"), or several ("3, 3", "3×3", "(3, 3)", "[3, 3]"); arithmetic is allowed. */
export function readNumbers(text: string, integer: boolean): Read {
  const parts = items(text)
  if (parts === null) return null
  const numbers = parts.map(evaluate)
  if (numbers.some((number) => number === null || (integer && !Number.isInteger(number)))) return null
  const isList = parts.length > 1 || /^[[(]/.test(text.trim()) || text.trim().endsWith(',')
  return { value: isList ? numbers : (numbers[0] ?? null) }
}

/** A shape: sizes with commas or ×, where None, null, ? or * leave a size free. */
export function readShape(text: string): Read {
  const parts = items(text)
  if (parts === null) return text.trim() === '()' || text.trim() === '[]' ? { value: [] } : null
  const sizes = parts.map((part) =>
    /^(none|null|\?|\*)$/i.test(part) ? null : (evaluate(part) ?? undefined),
  )
  const wrong = sizes.some((size) => size === undefined || (size !== null && !Number.isInteger(size)))
  return wrong ? null : { value: sizes as (number | null)[] }
}

/** A number, true or false, numbers with commas, or rows of numbers: "[[1, 2], [3, 4]]". */
export function readValue(text: string): Read {
  const word = text.trim().toLowerCase()
  if (word === 'true' || word === 'false') return { value: word === 'true' }
  const numbers = readNumbers(text, false)
  if (numbers) return numbers
  const read = readJson(text)
  return read && isValue(read.value) ? read : null
}

function isValue(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isValue)
  return typeof value === 'number' || typeof value === 'boolean'
}

function isNested(value: JsonValue): boolean {
  return Array.isArray(value) && value.some(Array.isArray)
}

/** Texts with commas or line breaks between them. */
export function readStrings(text: string): Read {
  return {
    value: text
      .split(/[,\n]/)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  }
}

export function readJson(text: string): Read {
  try {
    const value = JSON.parse(text) as JsonValue
    return { value }
  } catch {
    return null
  }
}

function items(text: string): string[] | null {
  const inner = text
    .trim()
    .replace(/^[[(](.*)[\])]$/s, '$1')
    .trim()
    .replace(/,$/, '')
  const parts = inner.split(/\s*[,×x]\s*/i).map((part) => part.trim())
  return parts.some((part) => part === '') ? null : parts
}

/** The type name inside an object value, or the plain name: what a choice of Keras objects shows as chosen. */
export function objectType(value: JsonValue | undefined): string | null {
  if (typeof value === 'string') return value
  return isObject(value) && typeof value.type === 'string' ? value.type : null
}

/** The constructor arguments inside an object value. */
export function objectConfig(value: JsonValue | undefined): Record<string, JsonValue> {
  return isObject(value) && isObject(value.config) ? value.config : {}
}
