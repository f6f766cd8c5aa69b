import { expect, it } from 'vitest'
import { ApiError } from '../../api/apiError'
import { isCut } from './sending'

it('goes on after what happens on the way, not after a refusal', () => {
  const errors = [
    new ApiError(0, 'no-answer', ''),
    new ApiError(503, 'busy', ''),
    new ApiError(409, 'wrong-offset', ''),
    new ApiError(413, 'too-large', ''),
    new Error('anything else'),
  ]
  expect(errors.map(isCut)).toEqual([true, true, true, false, false])
})
