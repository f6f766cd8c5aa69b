/**
 * How well a class name answers what was typed: 1 for the name itself, less for a beginning, for the capital letters
 * ("gap" finds GlobalAveragePooling2D), for a part, and for letters in order from the first one on; 0 for no match.
 */
export function searchRank(name: string, typed: string): number {
  const query = typed.toLowerCase().replace(/[\s_-]/g, '')
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
