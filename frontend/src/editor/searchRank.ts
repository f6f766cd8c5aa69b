import { typeName } from '../graph/naming'

/**
 * How well a class name answers what was typed: 1 for the name itself, less for a beginning, for the capital letters
 * ("gap" finds GlobalAveragePooling2D), for a part, and for letters in order from the first one on; 0 for no match.
 */
export function searchRank(name: string, typed: string): number {
  const meant = SYMBOLS.get(typed.trim())
  if (meant !== undefined) return !meant.includes(name) ? 0 : 1 - meant.indexOf(name) / 10
  const query = typed.toLowerCase().replace(/[\s_-]/g, '')
  const rank = rankOf(typeName(name), query)
  return name.includes('.')
    ? Math.max(rank * BEHIND_LAYERS, query.includes('.') ? rankOf(name, query) : 0)
    : rank
}

/** What answers to a query, the best first. */
export function bestFirst<T extends { type: string }>(entries: Iterable<T>, query: string): T[] {
  return [...entries]
    .map((entry) => ({ entry, rank: searchRank(entry.type, query) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .map(({ entry }) => entry)
}

/** An operation stands behind the layer of the same name. */
const BEHIND_LAYERS = 0.99

/** What the signs of Python find: the operation, then the layer that does the same. */
const SYMBOLS: ReadonlyMap<string, readonly string[]> = new Map([
  ['+', ['ops.add', 'Add']],
  ['-', ['ops.subtract', 'Subtract', 'ops.negative']],
  ['*', ['ops.multiply', 'Multiply']],
  ['/', ['ops.divide']],
  ['//', ['ops.floor_divide']],
  ['%', ['ops.mod']],
  ['**', ['ops.power', 'ops.square']],
  ['^', ['ops.power']],
  ['@', ['ops.matmul', 'Dot']],
  ['=', ['ops.equal']],
  ['==', ['ops.equal']],
  ['!=', ['ops.not_equal']],
  ['<', ['ops.less']],
  ['<=', ['ops.less_equal']],
  ['>', ['ops.greater']],
  ['>=', ['ops.greater_equal']],
  ['&', ['ops.logical_and', 'ops.bitwise_and']],
  ['|', ['ops.logical_or', 'ops.bitwise_or']],
  ['~', ['ops.logical_not', 'ops.bitwise_invert']],
  ['<<', ['ops.left_shift']],
  ['>>', ['ops.right_shift']],
  ['[]', ['ops.get_item', 'ops.array']],
])

function rankOf(name: string, query: string): number {
  const whole = name.toLowerCase().replace(/[\s_-]/g, '')
  if (query === '' || whole === query) return 1
  if (whole.startsWith(query)) return 0.9 - closeness(whole, query)
  if (initials(name).startsWith(query)) return 0.75 - closeness(whole, query)
  if (whole.includes(query)) return 0.6 - closeness(whole, query)
  return inOrder(whole, query) ? 0.2 - closeness(whole, query) : 0
}

/** A little less for longer names, so that the plain one comes first. */
function closeness(whole: string, query: string): number {
  return Math.min(0.09, (whole.length - query.length) / 500)
}

function initials(name: string): string {
  return name.replace(/[^A-Z0-9]/g, '').toLowerCase()
}

function inOrder(whole: string, query: string): boolean {
  if (!whole.startsWith(query.charAt(0))) return false
  let at = -1
  for (const letter of query) {
    at = whole.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}
