/** A key press as it is written in menus: "Ctrl+Shift+Z". On a Mac the command key counts as Ctrl. */
export function chord(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  const isLetter = /^[A-Z]$/.test(key) || event.key.length > 1
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && isLetter ? 'Shift' : '',
    key,
  ]
    .filter(Boolean)
    .join('+')
}

/** Whether a key press is the one written so. */
export function matches(event: Parameters<typeof chord>[0], keys: string): boolean {
  return chord(event) === keys
}
