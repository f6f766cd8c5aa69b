import { expect, it } from 'vitest'
import type { DatasetInfo } from '../api/types'
import type { Recipe } from '../graph/document'
import { leftOut } from './leftOut'

const note = (code: string, column: string) => ({ code, message: '', file: null, row: null, column })

it('tells of copies of the target that are there and not fed', () => {
  const dataset = {
    columns: [{ name: 'pence' }, { name: 'cents' }, { name: 'price' }],
    notes: [
      note('copy-of-target', 'pence'),
      note('copy-of-target', 'cents'),
      note('copy-of-target', 'gone'),
      note('windows', 'price'),
    ],
  } as DatasetInfo
  const data = { inputs: { numbers: ['cents'] }, targets: { price: ['price'] } }
  expect(leftOut(dataset, { data } as unknown as Recipe).map(({ column }) => column)).toEqual(['pence'])
})
