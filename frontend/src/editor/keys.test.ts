import { expect, test } from 'vitest'
import { chord } from './keys'

const press = (key: string, held: Partial<Parameters<typeof chord>[0]> = {}) =>
  chord({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })

test.each([
  [press('z', { ctrlKey: true }), 'Ctrl+Z'],
  [press('Z', { metaKey: true, shiftKey: true }), 'Ctrl+Shift+Z'],
  [press('?', { shiftKey: true }), '?'],
  [press('+', { shiftKey: true }), '+'],
  [press('Delete', { ctrlKey: true }), 'Ctrl+Delete'],
  [press('A', { shiftKey: true }), 'Shift+A'],
  [press('1'), '1'],
])('%s is written %s', (written, expected) => {
  expect(written).toBe(expected)
})
