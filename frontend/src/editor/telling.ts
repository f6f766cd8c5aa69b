import type { NodeEntry } from '../graph/catalog'
import { parameterOf } from '../graph/blockParameters'
import { blockName, type Node } from '../graph/document'
import { isObject, type JsonValue } from '../graph/json'
import { formatNumber } from '../ui/format'

/** The parameters that say most about a layer, most telling first; the first few that have a value are shown. */
const TELLING = [
  'units',
  'filters',
  'shape',
  'target_shape',
  'input_dim',
  'output_dim',
  'num_heads',
  'key_dim',
  'kernel_size',
  'pool_size',
  'strides',
  'size',
  'padding',
  'cropping',
  'dims',
  'n',
  'rate',
  'factor',
  'scale',
  'height',
  'width',
  'max_tokens',
  'output_sequence_length',
  'num_tokens',
  'newshape',
  'indices_or_sections',
  'subscripts',
  'key',
  'axes',
  'axis',
  'layer',
  'activation',
] as const

/** Shown even when they have their default, because the default itself says something. */
const DEFAULT_TELLS = new Set(['pool_size'])
const SHOWN = 3

/** A node's telling parameters in a few characters: "32 · 3×3 · relu". */
export function telling(node: Node, entry: NodeEntry | undefined): string {
  const isBlock = blockName(node.type) !== null
  const words = isBlock ? blockWords(node, entry) : givenPorts(node, entry)
  for (const name of isBlock ? [] : TELLING) {
    const value = node.config[name] ?? (DEFAULT_TELLS.has(name) ? defaultOf(entry, name) : undefined)
    if (value === undefined || value === null || isDull(name, value)) continue
    if (words.length < SHOWN) words.push(word(name, value))
  }
  return words.join(' · ')
}

/** The first parameters of a block, given or by default. */
function blockWords(node: Node, entry: NodeEntry | undefined): string[] {
  const named = (entry?.parameters ?? []).filter(({ name }) => name !== 'repeat').slice(0, SHOWN)
  return named.map(({ name, default: value }) => shortValue(node.config[name] ?? value))
}

/** The ports that have a number instead of a wire: "x2 = 2". */
function givenPorts(node: Node, entry: NodeEntry | undefined): string[] {
  return (entry?.inputs ?? []).flatMap(({ name }) => {
    const value = node.config[name] ?? null
    return value === null ? [] : [`${name} = ${shortValue(value)}`]
  })
}

function defaultOf(entry: NodeEntry | undefined, name: string): JsonValue | undefined {
  return entry?.parameters.find((parameter) => parameter.name === name)?.default
}

function isDull(name: string, value: JsonValue): boolean {
  return (name === 'activation' && value === 'linear') || (name === 'padding' && value === 'valid')
}

function word(name: string, value: JsonValue): string {
  if (name === 'scale' && typeof value === 'number') return scale(value)
  return shortValue(value)
}

/** A factor below one reads better as a fraction: 0.00392… → "× 1/255". */
function scale(value: number): string {
  const inverse = 1 / value
  const whole = Math.round(inverse)
  const isFraction = value > 0 && value < 1 && Math.abs(inverse - whole) < 1e-6 * whole
  return isFraction ? `× 1/${whole}` : `× ${formatNumber(value)}`
}

/** Any value of a config in a few characters. */
export function shortValue(value: JsonValue): string {
  if (value === null) return 'None'
  if (Array.isArray(value)) return value.map(shortValue).join('×')
  const parameter = parameterOf(value)
  if (parameter !== null) return parameter
  if (isObject(value)) return typeof value.type === 'string' ? value.type : '{…}'
  return typeof value === 'number' ? formatNumber(value) : String(value)
}
