/** A cell of a row in a few characters. Pure. */

import type { Cell } from '../api/types'
import { formatNumber } from '../ui/format'

const LONGEST_LIST = 8

/** Numbers as short as they are told, of long lists the first few. */
export function cellText(cell: Exclude<Cell, null>): string {
  if (!Array.isArray(cell)) return typeof cell === 'number' ? formatNumber(cell, 6) : String(cell)
  const numbers = cell.flat(2).map((one) => (typeof one === 'number' ? formatNumber(one) : String(one)))
  return numbers.length > LONGEST_LIST
    ? `${numbers.slice(0, LONGEST_LIST).join(', ')}, …`
    : numbers.join(', ')
}
