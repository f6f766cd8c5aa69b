import { expect, test } from 'vitest'
import { shownOutputs } from './catalog'

const first = [{ name: 'output' }]

test('outputs are those of the report, and a wire that names none leaves from the first', () => {
  expect(shownOutputs(first, ['forward', 'backward'], [])).toEqual([
    { id: 'output', name: 'forward' },
    { id: 'backward', name: 'backward' },
  ])
})

test('without a report a node has the outputs of its type', () => {
  expect(shownOutputs([{ name: 'values' }, { name: 'indices' }], [], [])).toEqual([
    { id: 'values', name: 'values' },
    { id: 'indices', name: 'indices' },
  ])
})

test('an output that has vanished stays while a wire names it', () => {
  expect(shownOutputs(first, ['output'], ['state_h', 'state_h'])).toEqual([
    { id: 'output', name: 'output' },
    { id: 'state_h', name: 'state_h' },
  ])
})

test('a wire that names the first output finds it by that name', () => {
  expect(shownOutputs(first, ['forward', 'backward'], ['forward'])[0]).toEqual({
    id: 'forward',
    name: 'forward',
  })
})
