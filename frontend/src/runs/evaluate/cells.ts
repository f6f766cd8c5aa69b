/** The confusion matrix as it is drawn, and ticks of a plot. Pure. */

export interface MatrixCell {
  true: number
  said: number
  count: number
  /** Of all rows of the true class. */
  share: number
}

/** Every cell, a line per true class. */
export function cellsOf(matrix: readonly (readonly number[])[]): MatrixCell[][] {
  return matrix.map((line, row) => {
    const total = line.reduce((sum, count) => sum + count, 0)
    return line.map((count, said) => ({ true: row, said, count, share: total > 0 ? count / total : 0 }))
  })
}

/** How strongly a share is coloured, 0 to 1: rare mistakes must still be seen. */
export function strength(share: number): number {
  return Math.sqrt(Math.max(0, Math.min(1, share)))
}

const STEPS: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** The cell that a key leads to from another one, or null where it leads nowhere. */
export function stepped(
  at: readonly [number, number],
  key: string,
  classes: number,
): [number, number] | null {
  if (key === 'Home') return [at[0], 0]
  if (key === 'End') return [at[0], classes - 1]
  const step = STEPS[key]
  if (!step) return null
  const next: [number, number] = [at[0] + step[0], at[1] + step[1]]
  return next.every((place) => place >= 0 && place < classes) ? next : null
}

const ROUND = [1, 2, 2.5, 5, 10]

/** Round numbers from low to high, about `wanted` of them. */
export function ticks(low: number, high: number, wanted = 5): number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / wanted
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = size * (ROUND.find((factor) => size * factor >= rough) ?? 10)
  const first = Math.ceil(low / step)
  const count = Math.floor(high / step) - first + 1
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}
