import { expect, it } from 'vitest'
import { ApiError, errorFrom, errorWithoutAnswer } from './apiError'

it('says what the server said', () => {
  const error = errorFrom(409, { code: 'wrong-state', message: 'The run has ended.', problems: [] })
  const { status, code, message, problems } = error
  expect({ status, code, message, problems }).toEqual({
    status: 409,
    code: 'wrong-state',
    message: 'The run has ended.',
    problems: [],
  })
})

it('speaks for a proxy that answers in its own words', () => {
  expect(errorFrom(502, '<html>').message).toBe('The server answered with status 502.')
})

it('says that nobody answered', () => {
  expect(errorWithoutAnswer(new TypeError('Failed to fetch'))).toBeInstanceOf(ApiError)
})

it('lets a question that was taken back go silently', () => {
  const aborted = new DOMException('taken back', 'AbortError')
  expect(errorWithoutAnswer(aborted)).toBe(aborted)
})
