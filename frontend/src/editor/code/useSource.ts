import { useEffect, useState } from 'react'
import { ApiError } from '../../api/apiError'
import { getSource } from '../../api/graphs'
import type { SourceStyle } from '../../api/types'
import { useDraft } from '../../graph/useDraft'
import { layoutless } from './layoutless'

const DEBOUNCE_MS = 250
const RETRY_MS = 1_500

/** The newest code in a style. While the drawing has mistakes, `text` stays what it was and `failure` says why. */
export interface Source {
  text: string | null
  failure: Error | null
  /** Whether an answer about the newest drawing has come. */
  settled: boolean
}

interface Answer {
  question: string
  failure: Error | null
}

/** Asks the server for the code of the draft, a moment after each change that means something. */
export function useSource(style: SourceStyle): Source {
  const graph = useDraft((draft) => draft.graph)
  const recipe = useDraft((draft) => draft.recipe)
  const [texts, setTexts] = useState<Partial<Record<SourceStyle, string>>>({})
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [turn, setTurn] = useState(0)
  const question = JSON.stringify([style, layoutless(graph), recipe])

  useEffect(() => {
    const aborted = new AbortController()
    let retry: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      try {
        const text = await getSource(graph, recipe, style, aborted.signal)
        setTexts((before) => ({ ...before, [style]: text }))
        setAnswer({ question, failure: null })
      } catch (error) {
        if (aborted.signal.aborted) return
        setAnswer({ question, failure: error instanceof Error ? error : new Error(String(error)) })
        if (!isRefusal(error)) retry = setTimeout(() => setTurn((before) => before + 1), RETRY_MS)
      }
    }
    const timer = setTimeout(() => void ask(), DEBOUNCE_MS)
    return () => {
      clearTimeout(timer)
      clearTimeout(retry)
      aborted.abort()
    }
    // `question` holds everything of graph and recipe that means something: moving a node asks nothing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [question, turn])

  const settled = answer?.question === question
  return { text: texts[style] ?? null, failure: settled ? answer.failure : null, settled }
}

/** Whether asking again would bring the same answer. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500
}
