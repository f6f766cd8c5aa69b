import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { NO_EDITS } from './datasetEdits'
import { EditBar } from './EditBar'
import type { EditsInHand } from './useEdits'
import type { Saving } from './useSaveVersion'

const nothing = () => undefined
const hand: EditsInHand = {
  edits: { ...NO_EDITS, title: 'Prices' },
  put: nothing,
  undo: nothing,
  discard: nothing,
}
const resting: Saving = {
  save: nothing,
  cancel: nothing,
  isSaving: false,
  isBusy: false,
  share: null,
  failure: null,
}

it.each([
  [false, [true, true, true]],
  [true, [false, false, false]],
])('while another version is being made (%s), what was changed waits', (isBusy, enabled) => {
  render(<EditBar hand={hand} saving={{ ...resting, isBusy }} />)
  expect(screen.getAllByRole('button').map((button) => !button.hasAttribute('disabled'))).toEqual(enabled)
})
