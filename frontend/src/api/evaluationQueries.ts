/** What is asked of an evaluation. The same weights on the same rows always give the same answer. */

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import * as models from './models'

const settled = { staleTime: Infinity, gcTime: 600_000, retry: false }

const keyOf = (question: models.EvaluationQuestion) => ['evaluation', question] as const

/** How well a run's model does; asks only where `enabled`. Leaving takes the question back. */
export function useEvaluation(question: models.EvaluationQuestion, enabled: boolean) {
  return useQuery({
    queryKey: keyOf(question),
    queryFn: ({ signal }) => models.evaluate(question, signal),
    enabled,
    ...settled,
  })
}

/** How far the evaluation is, asked again and again while it is waited for. */
export function useEvaluationProgress(question: models.EvaluationQuestion) {
  return useQuery({
    queryKey: ['evaluation-progress', question],
    queryFn: () => models.getEvaluationProgress(question),
    refetchInterval: 500,
    gcTime: 0,
    retry: false,
  })
}

/** Takes a question back that is not answered yet; the server then stops working on it. */
export function useCancelEvaluation(question: models.EvaluationQuestion): () => void {
  const queries = useQueryClient()
  return () => void queries.cancelQueries({ queryKey: keyOf(question) })
}

/** Some rows behind an evaluation; what was shown stays until the next ones are there. */
export function useFoundRows(question: models.FoundQuestion) {
  return useQuery({
    queryKey: ['found', question],
    queryFn: ({ signal }) => models.getFoundRows(question, signal),
    placeholderData: keepPreviousData,
    ...settled,
  })
}
