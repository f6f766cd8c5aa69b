import { act, fireEvent, render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Column, DatasetInfo, Row } from '../api/types'
import { TooltipGround } from '../ui/Tooltip'
import { editsOf } from './datasetEdits'
import { rowChoice } from './rowChoice'
import { RowTable } from './RowTable'
import { SelectionBar } from './SelectionBar'
import { useEdits } from './useEdits'
import { useRowView } from './useRowView'

const x = { name: 'x', kind: 'number', shape: [] as number[] } as Column
const rows: Row[] = Array.from({ length: 6 }, (_, place) => ({ x: place }))

function Rows({ id }: { id: string }) {
  const dataset = { id, columns: [x], rows: { train: rows.length } } as unknown as DatasetInfo
  const view = useRowView(dataset)
  const { edits, put } = useEdits(id)
  return (
    <TooltipGround>
      <SelectionBar view={view} edits={edits} onEdit={put} />
      <RowTable
        rows={rows}
        columns={[x]}
        offset={0}
        pin={null}
        choice={rowChoice(view, rows.length, edits, put)}
      />
      <output>{JSON.stringify(editsOf(edits))}</output>
    </TooltipGround>
  )
}

const press = (name: string) => screen.getByRole('button', { name })

it('leaves out a range that was selected with Shift, but what was put back', () => {
  render(<Rows id="a" />)
  fireEvent.click(screen.getByLabelText('Select row 5'))
  fireEvent.click(screen.getByLabelText('Select row 2'), { shiftKey: true })
  fireEvent.click(press('Remove 4 rows'))
  fireEvent.click(press('Put row 3 back'))
  expect(screen.getByText(/drop_rows/).textContent).toBe(
    JSON.stringify([{ edit: 'drop_rows', split: 'train', rows: [1, 3, 4] }]),
  )
})

it('keeps what is not saved while another page is shown', () => {
  const { unmount } = render(<Rows id="b" />)
  fireEvent.click(screen.getByLabelText('Select all rows of this page'))
  fireEvent.click(screen.getByLabelText('Select row 1'))
  fireEvent.click(press('Remove 5 rows'))
  act(unmount)
  render(<Rows id="b" />)
  expect(screen.getByText('5 rows will be left out.').isConnected).toBe(true)
})
