import { expect, it } from 'vitest'
import { between, countOf, isIn, minus, nextOf, NO_ROWS, rowSetsOf, union, withRows } from './rowSets'

it('forgets a split that is left with no rows', () => {
  const some = withRows(NO_ROWS, 'train', [3, 4], true)
  expect([isIn(some, 'train', 4), countOf(some)]).toEqual([true, 2])
  expect(withRows(some, 'train', [3, 4], false)).toEqual(NO_ROWS)
})

it('takes rows together and apart by split', () => {
  const [one, other] = [rowSetsOf({ train: [1, 2], test: [1] }), rowSetsOf({ train: [2, 3] })]
  expect(union(one, other)).toEqual(rowSetsOf({ train: [1, 2, 3], test: [1] }))
  expect(minus(one, other)).toEqual(rowSetsOf({ train: [1], test: [1] }))
})

it('spans a range whichever end comes first', () => {
  expect([between(4, 6), between(6, 4), between(5, 5)]).toEqual([[4, 5, 6], [4, 5, 6], [5]])
})

it('goes on from a place through all splits, and round', () => {
  const sets = rowSetsOf({ train: [40, 2], test: [7] })
  const next = (split: string, row: number) => nextOf(sets, ['train', 'test'], { split, row })
  expect([next('train', 3), next('train', 41), next('test', 8), next('test', 7)]).toEqual([
    { split: 'train', row: 40 },
    { split: 'test', row: 7 },
    { split: 'train', row: 2 },
    { split: 'test', row: 7 },
  ])
  expect(nextOf(NO_ROWS, ['train'], { split: 'train', row: 0 })).toBeNull()
  expect(nextOf(rowSetsOf({ train: [1] }), ['train'], { split: 'train', row: 5 })).toEqual({
    split: 'train',
    row: 1,
  })
})
