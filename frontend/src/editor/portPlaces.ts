const ONLY_PORT_PX = 27
const FIRST_PORT_PX = 60
const ROW_PX = 18

/** How far below the upper edge of its node a port stands: an only one beside the title, several below each other. */
export function portTop(index: number, count: number): number {
  return count === 1 ? ONLY_PORT_PX : FIRST_PORT_PX + index * ROW_PX
}

/** How much taller a node is for these many ports on one side. */
export function portRows(count: number): number {
  return count > 1 ? count * ROW_PX + 4 : 0
}
