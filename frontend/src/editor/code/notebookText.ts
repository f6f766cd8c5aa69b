interface Cell {
  cell_type: 'code' | 'markdown'
  source: string
}

/** A notebook as one text to read: cells one below the other, prose as comments. */
export function notebookText(json: string): string {
  const { cells } = JSON.parse(json) as { cells: Cell[] }
  return cells.map((cell) => (cell.cell_type === 'code' ? cell.source : commented(cell.source))).join('\n\n')
}

function commented(prose: string): string {
  return prose
    .split('\n')
    .map((line) => `# ${unescaped(line)}`.trimEnd())
    .join('\n')
}

/** Marks of headings and backslashes are for machines. */
function unescaped(line: string): string {
  return line.replace(/^#+ /, '').replace(/\\([^\p{L}\p{N}\s])/gu, '$1')
}
