import { useId } from 'react'
import type { Cell, Column } from '../../api/types'
import { Pixels } from '../../data/Pixels'
import { NumberField } from '../../ui/NumberField'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { PictureButton } from './PictureButton'
import styles from './TryPanel.module.css'

interface CellFieldProps {
  column: Column
  cell: Cell
  onChange: (cell: Cell) => void
}

/** One cell of a row to be tried, by the kind of its column. */
export function CellField({ column, cell, onChange }: CellFieldProps) {
  const id = useId()
  return (
    <div className={styles.cell}>
      <label htmlFor={id} title={column.name}>
        {column.name}
      </label>
      <Control id={id} column={column} cell={cell} onChange={onChange} />
    </div>
  )
}

function Control({ id, column, cell, onChange }: CellFieldProps & { id: string }) {
  if (column.classes) {
    const options = column.classes.map((name) => ({ value: name, label: name }))
    return (
      <Select id={id} value={typeof cell === 'string' ? cell : null} options={options} onChange={onChange} />
    )
  }
  if (column.kind === 'text') {
    return <TextField id={id} value={typeof cell === 'string' ? cell : ''} onChange={onChange} />
  }
  if (column.kind === 'image')
    return (
      <div className={styles.cellPicture}>
        <Pixels cell={cell} label={column.name} className={styles.seen} />
        <PictureButton column={column} onPicture={onChange} />
      </div>
    )
  if (Array.isArray(cell)) return <output id={id}>{cell.flat(2).length}</output>
  return <NumberField id={id} value={typeof cell === 'number' ? cell : null} onChange={onChange} />
}
