import { emptyGraph, type Project } from '../graph/document'
import { fromFile, toFile } from '../graph/projectFile'
import { fileName, saveBlob } from '../ui/saveBlob'
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
  saveBlob(new Blob([toFile(project)], { type: 'application/json' }), fileName(project.name, '.json'))
}
