/** What a file is by its name: data to learn from, or a model or project to open. Pure. */

import type { FileFormat, Note } from '../../api/types'

const MODELS = ['keras', 'h5', 'hdf5', 'yaml', 'yml']
const EITHER = 'json'

const FORMATS: Record<string, FileFormat> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  xlsx: 'excel',
  xls: 'excel',
  xlsb: 'excel',
  ods: 'excel',
  parquet: 'parquet',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'jsonl',
  npz: 'npz',
  npy: 'npy',
  zip: 'images',
}

/** What the button that adds data offers; the server looks at the content, not at the name. */
export const DATA_FILES = Object.keys(FORMATS)
  .map((ending) => `.${ending}`)
  .join(',')

const HEAD_BYTES = 65_536

/** Whether this is a model or a project, to be opened; everything else is data, and the server says what it is not. */
export async function isModel(file: File): Promise<boolean> {
  const ending = endingOf(file.name)
  if (ending !== EITHER) return MODELS.includes(ending)
  return !looksLikeRows(await file.slice(0, HEAD_BYTES).text())
}

/** JSON with one object a line, or a list of objects: rows. A model or a project is one object. */
export function looksLikeRows(head: string): boolean {
  return /^\s*(\[|\{.*\}\s*\n\s*\{)/.test(head)
}

/** How a file is to be read by its name; of a ZIP by the endings of the files that could not be read. */
export function formatOf(name: string, notes: readonly Note[]): FileFormat {
  const format = FORMATS[endingOf(name)] ?? 'csv'
  if (format !== 'images') return format
  const endings = notes.map(({ file }) => endingOf(file ?? ''))
  if (endings.includes('wav')) return 'audio'
  return endings.includes('txt') ? 'texts' : 'images'
}

function endingOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}
