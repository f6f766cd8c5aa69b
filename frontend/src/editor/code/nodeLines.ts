/** A run of lines, counted from 1, both ends included. */
export interface Lines {
  from: number
  to: number
}

/** Where a layer of this name is made or called: the statements that assign to its variable or hold its name. */
export function nodeLines(code: string, name: string): Lines[] {
  const lines = code.split('\n')
  const variable = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '_')
    .replace(/^_|_$/g, '')
  const assigned = new RegExp(`^\\s*(self\\.)?${variable}(_layer)?(, \\w+)* = `, 'u')
  const named = `name=${JSON.stringify(name)}`
  const found: Lines[] = []
  for (let start = 0; start < lines.length; start++) {
    const end = endOfStatement(lines, start)
    const statement = lines.slice(start, end + 1)
    if (statement.some((line) => line.includes(named)) || (variable && assigned.test(lines[start] ?? '')))
      found.push({ from: start + 1, to: end + 1 })
    start = end
  }
  return found
}

/** The last line of a statement that brackets lead over several lines; of a block, its own first line. */
function endOfStatement(lines: readonly string[], start: number): number {
  const first = lines[start] ?? ''
  if (!/[([{]$/.test(first)) return start
  const depth = indent(first)
  const end = lines.findIndex((line, at) => at > start && line.trim() !== '' && indent(line) <= depth)
  return end === -1 ? lines.length - 1 : end
}

function indent(line: string): number {
  return line.length - line.trimStart().length
}
