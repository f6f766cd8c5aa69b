import { expect, it } from 'vitest'
import { newestOf } from './family'

it('shows each set by the versions that nothing was made of', () => {
  const [first, second, third] = [
    { id: 'a', parent: null },
    { id: 'a-2', parent: 'a' },
    { id: 'a-3', parent: 'a-2' },
  ] as const
  const other = { id: 'b', parent: null }
  expect(newestOf([first, other, third, second])).toEqual([other, third])
})
