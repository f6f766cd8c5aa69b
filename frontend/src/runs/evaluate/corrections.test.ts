import { expect, it } from 'vitest'
import { corrected, countsOf, editsOf, toggled, type Corrections } from './corrections'

const none: Corrections = new Map()

it('relabels before it leaves out, so that numbers still hold', () => {
  const some = corrected(corrected(none, [9, 4], 'cat'), [7, 2], null)
  expect(editsOf(some, 'test', 'sort')).toEqual([
    { edit: 'relabel', split: 'test', row: 4, column: 'sort', value: 'cat' },
    { edit: 'relabel', split: 'test', row: 9, column: 'sort', value: 'cat' },
    { edit: 'drop_rows', split: 'test', rows: [2, 7] },
  ])
})

it('asks for nothing that was not said', () => {
  expect(editsOf(none, 'test', 'sort')).toEqual([])
})

it('lets the last word count, and takes back what is said again', () => {
  const last = corrected(corrected(none, [1, 2], 'cat'), [2], 'dog')
  const back = corrected(last, [1], 'cat')
  expect([[...last], [...back]]).toEqual([
    [
      [1, 'cat'],
      [2, 'dog'],
    ],
    [[2, 'dog']],
  ])
})

it('says it of all where only some had it', () => {
  expect([...corrected(corrected(none, [1], null), [1, 2], null).keys()]).toEqual([1, 2])
})

it('counts what was said', () => {
  expect(countsOf(corrected(corrected(none, [1, 2], 'cat'), [3], null))).toEqual({
    relabelled: 2,
    dropped: 1,
  })
})

it('picks a row, and lets it go again', () => {
  expect([[...toggled(new Set([1]), 2)], [...toggled(new Set([1, 2]), 2)]]).toEqual([[1, 2], [1]])
})
