/** Which problems of a recipe belong to which place of its form. Pure. */

import type { Problem } from '../graph/report'

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.length <= path.length && start.every((key, index) => path[index] === key)
}

/** Problems at this place of the recipe or inside it. */
export function problemsUnder(problems: readonly Problem[], path: readonly string[]): Problem[] {
  return problems.filter(({ recipe }) => recipe !== null && startsWith(recipe, path))
}

/** Problems of a Keras object's own: not those of its arguments. */
export function problemsOf(problems: readonly Problem[], path: readonly string[]): Problem[] {
  return problemsUnder(problems, path).filter((problem) => argumentOf(problem, path) === null)
}

/** Problems of a Keras object's arguments, each named as the parameter that it is about. */
export function argumentProblems(problems: readonly Problem[], path: readonly string[]): Problem[] {
  return problemsUnder(problems, path).flatMap((problem) => {
    const parameter = argumentOf(problem, path)
    return parameter === null ? [] : [{ ...problem, parameter }]
  })
}

function argumentOf({ recipe, parameter }: Problem, path: readonly string[]): string | null {
  const [key, name] = recipe?.slice(path.length) ?? []
  if (key === 'config' && name !== undefined) return name
  return key === undefined ? parameter : null
}
