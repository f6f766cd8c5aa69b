import { useEffect } from 'react'
import { checkGraph } from '../api/graphs'
import i18next from 'i18next'
import { checkStore } from '../graph/checkStore'
import type { Project } from '../graph/document'
import { draftStore } from '../graph/draft'
import { explained, trustStore } from '../graph/trust'
import { shareReport } from './shareReport'

const DEBOUNCE_MS = 120
const RETRY_MS = 1_500

/** Asks the server what Keras makes of the draft, a moment after each change that means something. */
export function useCheck(): void {
  useEffect(() => {
    const checker = new Checker()
    checker.ask(0)
    const stop = draftStore.subscribe((draft, before) => {
      if (!sameMeaning(draft, before)) checker.ask(draft.id === before.id ? DEBOUNCE_MS : 0)
    })
    const stopTrust = trustStore.subscribe(() => checker.ask(DEBOUNCE_MS))
    return () => {
      stop()
      stopTrust()
      checker.close()
    }
  }, [])
}

/** Whether only places on the canvas or the title differ, which Keras never sees. */
function sameMeaning(left: Project, right: Project): boolean {
  const same = left.graph.nodes === right.graph.nodes && left.graph.edges === right.graph.edges
  return same && left.graph.blocks === right.graph.blocks && left.recipe === right.recipe
}

/** One question at a time; the newest wins. While there is no answer it asks again by itself. */
class Checker {
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: AbortController | null = null

  ask(afterMs: number): void {
    clearTimeout(this.timer)
    checkStore.setState({ checking: true })
    this.timer = setTimeout(() => void this.send(), afterMs)
  }

  close(): void {
    clearTimeout(this.timer)
    this.running?.abort()
  }

  private async send(): Promise<void> {
    this.running?.abort()
    const question = new AbortController()
    this.running = question
    const { graph, recipe } = draftStore.getState()
    try {
      const said = await checkGraph(graph, recipe, question.signal)
      if (question.signal.aborted) return
      const answer = explained(said, graph, i18next.t('editor:code.untrusted'))
      const report = shareReport(checkStore.getState().report, answer)
      checkStore.setState({ report, checking: false, failure: null })
    } catch (error) {
      if (question.signal.aborted) return
      checkStore.setState({
        checking: false,
        failure: error instanceof Error ? error.message : String(error),
      })
      this.timer = setTimeout(() => void this.send(), RETRY_MS)
    }
  }
}
