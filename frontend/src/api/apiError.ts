/** The one way a request goes wrong: the server's own words where it spoke, ours where it did not. */

import type { Problem } from '../graph/report'

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  /** HTTP status; 0 where no answer came. */
  readonly status: number
  readonly problems: Problem[]

  constructor(status: number, code: string, message: string, problems: Problem[] = []) {
    super(message)
    this.status = status
    this.code = code
    this.problems = problems
  }
}

/** What an answer that is not a success says, whatever stands in its body. */
export function errorFrom(status: number, body: unknown): ApiError {
  if (isErrorBody(body)) return new ApiError(status, body.code, body.message, body.problems ?? [])
  return new ApiError(status, 'unreadable-answer', `The server answered with status ${status}.`)
}

/** The error of a request that got no answer; an aborted one stays what it is. */
export function errorWithoutAnswer(cause: unknown): unknown {
  if (cause instanceof ApiError || (cause instanceof Error && cause.name === 'AbortError')) return cause
  return new ApiError(0, 'no-answer', 'The server does not answer. Is it running?')
}

function isErrorBody(body: unknown): body is { code: string; message: string; problems?: Problem[] } {
  if (typeof body !== 'object' || body === null) return false
  const { code, message } = body as Record<string, unknown>
  return typeof code === 'string' && typeof message === 'string'
}
