import { emptyGraph, type Project } from '../graph/document'
import { fromFile, toFile } from '../graph/projectFile'
import { download, fileStem } from '../ui/download'
import { openProject } from './drafts'

export function newProject(name: string): void {
  openProject({ name, graph: emptyGraph(name), recipe: null })
}

/** Opens a saved project as a new draft. Throws NotAProject. */
export async function openFile(file: File): Promise<void> {
  openProject(fromFile(await file.text()))
}

/** Hands the project to the person as a file. */
export function saveFile(project: Project): void {
  download(toFile(project), `${fileStem(project.name, 'network')}.json`, 'application/json')
}
