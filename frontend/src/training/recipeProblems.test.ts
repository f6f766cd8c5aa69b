import { expect, it } from 'vitest'
import type { Problem } from '../graph/report'
import { argumentProblems, problemsOf, problemsUnder } from './recipeProblems'

const at = (code: string, recipe: string[] | null, parameter: string | null = null): Problem => ({
  code,
  severity: 'error',
  message: code,
  node: null,
  port: null,
  parameter,
  recipe,
  line: null,
  inside: [],
  fixes: [],
})

const optimizer = ['compile', 'optimizer']
const problems = [
  at('node', null),
  at('unknown-type', optimizer),
  at('bad-value', [...optimizer, 'config', 'learning_rate']),
  at('named', optimizer, 'momentum'),
  at('epochs', ['fit', 'epochs']),
]
const codes = (some: Problem[]) => some.map(({ code, parameter }) => [code, parameter])

it('finds what lies at a place of the recipe or inside it', () => {
  expect(codes(problemsUnder(problems, ['compile']))).toEqual([
    ['unknown-type', null],
    ['bad-value', null],
    ['named', 'momentum'],
  ])
})

it('tells problems of an object from those of its arguments', () => {
  expect([codes(problemsOf(problems, optimizer)), codes(argumentProblems(problems, optimizer))]).toEqual([
    [['unknown-type', null]],
    [
      ['bad-value', 'learning_rate'],
      ['named', 'momentum'],
    ],
  ])
})
