import { expect, test } from 'vitest'
import type { CheckReport } from '../graph/report'
import { shareReport } from './shareReport'

const node = { outputs: {}, parameters: 1, trainable_parameters: 1, operations: 0, activation_bytes: 0 }
const report = (parameters: number): CheckReport => ({
  ready: true,
  nodes: { a: { ...node }, b: { ...node, parameters } },
  parameters,
  problems: [],
})

test('what did not change keeps its identity, what did is new', () => {
  const old = report(1)
  const next = shareReport(old, report(2))
  expect([next.nodes.a === old.nodes.a, next.nodes.b?.parameters]).toEqual([true, 2])
})
