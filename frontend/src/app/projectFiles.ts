import { toast } from 'sonner'
import i18next from 'i18next'
import { importFile } from '../api/graphs'
import type { Imported } from '../api/types'
import { laidOut } from '../editor/laidOut'
import { emptyGraph, type Project } from '../graph/document'
import { importProblems } from '../graph/importProblems'
import { toFile } from '../graph/projectFile'
import { fileName, saveBlob } from '../ui/saveBlob'
import { openProject } from './drafts'
import { showDrawer } from './drawer'

/** What the server opens; it looks at the content, not at the name. */
export const OPENED = '.keras,.h5,.hdf5,.json,.yaml,.yml'

export function newProject(name: string): void {
  openProject({ name, graph: emptyGraph(name), recipe: null })
}

/** Opens a model or a project as a new draft, laid out; says how far it is, what came along and what did not. */
export async function openFile(file: File): Promise<void> {
  const id = toast.loading(i18next.t('app:import.reading', { file: file.name }))
  try {
    const imported = await importFile(file)
    const { token, name } = { token: imported.weights, name: titleOf(imported, file) }
    openProject({
      name,
      graph: await laidOut({ ...imported.graph, name }),
      recipe: imported.recipe,
      weights: token === null ? null : { token, file: file.name },
      importProblems: importProblems(imported.problems, file.name),
    })
    tell(imported, name, id)
  } catch (error) {
    toast.error(error instanceof Error ? error.message : String(error), { id, duration: 12_000 })
  }
}

/** The summary; what was not taken over is told in the drawer and at its nodes, where it stays. */
function tell({ graph, problems, weights, format }: Imported, name: string, id: number | string): void {
  const layers = graph.nodes.filter(({ type }) => type !== 'Input' && type !== 'Output').length
  const summary = i18next.t(format === 'project' ? 'app:import.project' : 'app:import.model', {
    name,
    count: layers,
    weights: i18next.t(weights === null ? 'app:import.withoutWeights' : 'app:import.withWeights'),
  })
  if (problems.length === 0) {
    toast.success(summary, { id, duration: 6_000 })
    return
  }
  const description = i18next.t('app:import.problems', { count: problems.length })
  toast.warning(summary, { id, description, duration: 12_000 })
  showDrawer('problems')
}

/** Models that Keras names by itself (`functional_1`) go by the name of their file. */
function titleOf({ graph, format }: Imported, file: File): string {
  const isMade = format !== 'project' && /^(functional|sequential|model)(_\d+)?$/.test(graph.name)
  return isMade ? file.name.replace(/\.[^.]*$/, '') || graph.name : graph.name
}

/** Hands the project to the person as a file. */
export function saveFile(project: Project): void {
  saveBlob(new Blob([toFile(project)], { type: 'application/json' }), fileName(project.name, '.json'))
}
