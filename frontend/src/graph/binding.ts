import type { Recipe } from './document'

/** The recipe after a node has changed its name: data, losses and encodings follow it. */
export function renameInRecipe(recipe: Recipe, before: string, after: string): Recipe {
  if (before === after) return recipe
  const { data, compile } = recipe
  const renamed = {
    ...data,
    inputs: renameKey(data.inputs, before, after),
    targets: renameKey(data.targets, before, after),
    encoding: renameKey(data.encoding, before, after),
  }
  return {
    ...recipe,
    data: renamed,
    compile: { ...compile, outputs: renameKey(compile.outputs, before, after) },
  }
}

/** The same record with one key renamed, in its place; unchanged where the new key is taken already. */
function renameKey<T>(
  record: Record<string, T> | undefined,
  before: string,
  after: string,
): Record<string, T> {
  if (!record || !(before in record) || after in record) return record ?? {}
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key === before ? after : key, value]),
  )
}
