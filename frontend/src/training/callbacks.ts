/** The list of callbacks of a recipe. Pure. */

import type { Entry } from '../graph/catalog'
import type { KerasObject, Recipe } from '../graph/document'
import type { JsonObject, JsonValue } from '../graph/json'

/** Arguments that make a callback useful when it is added; others begin with what Keras requires. */
const STARTS: Readonly<Record<string, JsonObject>> = {
  ModelCheckpoint: { save_best_only: true },
  EarlyStopping: { patience: 3, restore_best_weights: true },
  ReduceLROnPlateau: { factor: 0.5, patience: 2 },
  TensorBoard: { histogram_freq: 1 },
}

/** Those that are of no use twice. */
const ONCE = new Set([
  'CSVLogger',
  'LearningRateScheduler',
  'ModelCheckpoint',
  'SwapEMAWeights',
  'TensorBoard',
  'TerminateOnNaN',
])

/** The classes that can still be added. */
export function addable(recipe: Recipe, entries: readonly Entry[]): Entry[] {
  const there = new Set(recipe.callbacks.map(({ type }) => type))
  return entries.filter(({ type }) => !(ONCE.has(type) && there.has(type)))
}

/** The list with a callback of this class at its end. */
export function added(recipe: Recipe, entry: Entry): KerasObject[] {
  const required = entry.parameters.filter((parameter) => parameter.required)
  const config = {
    ...Object.fromEntries(required.map(({ name, suggestion }) => [name, suggestion])),
    ...STARTS[entry.type],
  }
  const monitors = entry.parameters.some(({ name }) => name === 'monitor')
  // Without rows held out there is no validation loss to look at.
  const watched = monitors && recipe.data.validation_fraction === 0 ? { monitor: 'loss' } : {}
  return [...recipe.callbacks, { type: entry.type, config: { ...watched, ...config } }]
}

/** A config with one argument set, or taken away so that Keras's default holds. */
export function withArgument(object: KerasObject, name: string, value: JsonValue | undefined): KerasObject {
  const rest = Object.fromEntries(Object.entries(object.config).filter(([key]) => key !== name))
  return { ...object, config: value === undefined ? rest : { ...rest, [name]: value } }
}
