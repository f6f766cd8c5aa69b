/** A recipe in the words of Keras, to be read. Pure. */

import type { KerasObject, Recipe } from '../graph/document'
import { isObject, type JsonValue } from '../graph/json'

/** A Keras object as it is written in Python: `SGD(learning_rate=0.1)`. */
export function callText({ type, config }: KerasObject): string {
  return `${type}(${Object.entries(config)
    .map(([name, value]) => `${name}=${pythonText(value)}`)
    .join(', ')})`
}

function pythonText(value: JsonValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `(${value.map(pythonText).join(', ')})`
  if (!isObject(value)) return typeof value === 'string' ? `'${value}'` : String(value)
  const { type, config } = value
  if (typeof type === 'string') return callText({ type, config: isObject(config) ? config : {} })
  return `{${Object.entries(value)
    .map(([key, item]) => `'${key}': ${pythonText(item)}`)
    .join(', ')}}`
}

export interface RecipeLine {
  /** What it is about, as a text key. */
  key: 'inputs' | 'targets' | 'optimizer' | 'loss' | 'metrics' | 'fit' | 'validation' | 'callbacks' | 'seed'
  /** The Input or Output it is about, where there are several of them. */
  of: string | null
  value: string
}

/** How a run was trained, line by line. */
export function recipeLines({ data, compile, fit, callbacks, seed }: Recipe): RecipeLine[] {
  const outputs = Object.entries(compile.outputs)
  const line = (key: RecipeLine['key'], value: string, of: string | null = null): RecipeLine => ({
    key,
    of,
    value,
  })
  return [
    ...Object.entries(data.inputs).map(([name, columns]) => line('inputs', columns.join(', '), name)),
    ...Object.entries(data.targets).map(([name, columns]) => line('targets', columns.join(', '), name)),
    line('optimizer', callText(compile.optimizer)),
    ...outputs.map(([name, { loss, loss_weight }]) =>
      line(
        'loss',
        loss_weight === 1 ? callText(loss) : `${callText(loss)} × ${loss_weight}`,
        outputs.length > 1 ? name : null,
      ),
    ),
    ...outputs
      .filter(([, { metrics }]) => metrics.length > 0)
      .map(([name, { metrics }]) =>
        line('metrics', metrics.map(callText).join(', '), outputs.length > 1 ? name : null),
      ),
    line(
      'fit',
      `epochs=${fit.epochs}, batch_size=${fit.batch_size}, shuffle=${fit.shuffle ? 'True' : 'False'}`,
    ),
    line('validation', `${Math.round(data.validation_fraction * 1000) / 10}\u2009%`),
    ...(callbacks.length > 0 ? [line('callbacks', callbacks.map(callText).join(', '))] : []),
    line('seed', String(seed)),
  ]
}
