/** The callbacks of a recipe as switches. Pure. */

import type { KerasObject, Recipe } from '../graph/document'
import type { JsonValue } from '../graph/json'

/** Those that stand in the panel, with the arguments that make them useful when they are switched on. */
export const SWITCHES: readonly KerasObject[] = [
  { type: 'EarlyStopping', config: { patience: 3, restore_best_weights: true } },
  { type: 'ReduceLROnPlateau', config: { factor: 0.5, patience: 2 } },
]

export function findCallback(recipe: Recipe, type: string): { callback: KerasObject; index: number } | null {
  const index = recipe.callbacks.findIndex((callback) => callback.type === type)
  const callback = recipe.callbacks[index]
  return callback ? { callback, index } : null
}

/** The list with this callback on or off. */
export function switched(recipe: Recipe, wanted: KerasObject, on: boolean): KerasObject[] {
  const others = recipe.callbacks.filter((callback) => callback.type !== wanted.type)
  return on ? [...others, monitoring(recipe, wanted)] : others
}

/** Without rows held out there is no validation loss to look at. */
function monitoring(recipe: Recipe, callback: KerasObject): KerasObject {
  if (recipe.data.validation_fraction > 0) return callback
  return { ...callback, config: { monitor: 'loss', ...callback.config } }
}

/** A config with one argument set, or taken away so that Keras's default holds. */
export function withArgument(object: KerasObject, name: string, value: JsonValue | undefined): KerasObject {
  const rest = Object.fromEntries(Object.entries(object.config).filter(([key]) => key !== name))
  return { ...object, config: value === undefined ? rest : { ...rest, [name]: value } }
}
