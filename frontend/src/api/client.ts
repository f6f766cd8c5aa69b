/** Requests to the server, typed by its OpenAPI document. What is asked stands in the files beside this one, by noun. */

import createClient from 'openapi-fetch'
import { errorFrom, errorWithoutAnswer } from './apiError'
import type { paths } from './types.gen'

export const server = createClient<paths>({ baseUrl: window.location.origin })

interface Answer {
  data?: unknown
  error?: unknown
  response: Response
}

/**
 * The body of a successful answer; anything else throws an ApiError. The generated types do not know that the server
 * fills in defaults, nor the page's own words for drawings: `T` is those words, and this is the one place that says so.
 */
export async function asked<T>(answer: Promise<Answer>): Promise<T> {
  let settled: Answer
  try {
    settled = await answer
  } catch (cause) {
    throw errorWithoutAnswer(cause)
  }
  if (!settled.response.ok) throw errorFrom(settled.response.status, settled.error)
  return settled.data as T
}

export const ofRun = (run: number) => ({ params: { path: { run } } })
