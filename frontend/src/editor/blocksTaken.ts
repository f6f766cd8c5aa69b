import i18next from 'i18next'
import { toast } from 'sonner'
import { bring, wouldRecur } from '../graph/definitions'
import { blockName, blockType, type Graph } from '../graph/document'
import { draftStore } from '../graph/draft'
import { typeName } from '../graph/naming'
import { openedNames, openedStore } from '../graph/opened'
import { canvasStore } from './canvasStore'
import { libraryBlock } from './entries'

/** The graph with the definition of a library block taken in, and the type of the node that calls it. */
export function takeIn(graph: Graph, wanted: string): { graph: Graph; type: string } {
  const found = libraryBlock(canvasStore.getState().entries.get(wanted))
  if (!found) return { graph, type: wanted }
  const name = typeName(wanted)
  const brought = bring(graph.blocks, { [name]: found.block })
  return { graph: { ...graph, blocks: brought.blocks }, type: blockType(brought.names.get(name) ?? name) }
}

/** Whether a node would make the opened block contain itself; says so. */
export function isRefused(graph: Graph, type: string): boolean {
  const name = blockName(type)
  const names = openedNames(draftStore.getState().graph, openedStore.getState().path)
  const recurs = name !== null && names.some((around) => wouldRecur(name, around, graph.blocks))
  if (recurs) toast.warning(i18next.t('editor:block.recursion', { name }))
  return recurs
}
