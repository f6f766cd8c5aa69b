/** What an opened file could not bring along: kept with the draft, so that it is still told after the page is reloaded. */

import type { JsonObject, Project } from './document'
import { isObject } from './json'
import { nodesAlong } from './opened'
import { nodePath, type Problem } from './report'

/** The problems of an import as the draft keeps them. All are warnings: what stops a training says the check. */
export function importProblems(problems: readonly Problem[], file: string): Problem[] {
  return problems.map((problem) => ({ ...problem, severity: 'warning', fromFile: file }))
}

/** Those that are still about something: a problem of a node goes away with its node, and comes back with it. */
export function presentProblems({ graph, importProblems: kept = [] }: Omit<Project, 'id'>): Problem[] {
  return kept.filter((problem) => {
    const ids = nodePath(problem)
    return nodesAlong(graph, ids).length === ids.length
  })
}

/** The import problems in a stored draft; what does not look like one is left out. */
export function toImportProblems(value: unknown): Problem[] {
  return Array.isArray(value)
    ? value.filter(isImportProblem).map((problem) => ({ ...NOWHERE, ...problem }))
    : []
}

const NOWHERE = { node: null, port: null, parameter: null, recipe: null, line: null, inside: [], fixes: [] }

function isImportProblem(value: unknown): value is Problem {
  if (!isObject(value as JsonObject)) return false
  const { code, message, severity, fromFile } = value as JsonObject
  return [code, message, fromFile].every((text) => typeof text === 'string') && severity === 'warning'
}
