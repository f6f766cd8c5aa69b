/** The newest checkpoint up to an epoch, else the oldest; without an epoch the newest. Null where there is none. */
export function checkpointAt(epochs: readonly number[], epoch: number | null): number | null {
  const before = epochs.filter((one) => epoch === null || one <= epoch)
  return before.at(-1) ?? epochs[0] ?? null
}
