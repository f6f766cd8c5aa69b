import { useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber, formatPercent } from '../../ui/format'
import { cellsOf, stepped, strength, type MatrixCell } from './cells'
import styles from './Matrix.module.css'

/** A true class and what the model said, by name. */
export interface Pair {
  true: string
  said: string
}

interface ConfusionMatrixProps {
  classes: readonly string[]
  matrix: readonly (readonly number[])[]
  chosen: Pair | null
  onChoose: (pair: Pair) => void
}

/** Which class was taken for which: counts in cells, one button each; arrow keys go from one to the next. */
export function ConfusionMatrix({ classes, matrix, chosen, onChoose }: ConfusionMatrixProps) {
  const { t } = useTranslation('evaluate')
  const table = useRef<HTMLTableElement>(null)
  const at: [number, number] = chosen ? [classes.indexOf(chosen.true), classes.indexOf(chosen.said)] : [0, 0]
  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const cell = (event.target as HTMLElement).dataset.at?.split(',').map(Number) ?? [0, 0]
    const next = stepped([cell[0] ?? 0, cell[1] ?? 0], event.key, classes.length)
    if (!next) return
    event.preventDefault()
    table.current?.querySelector<HTMLButtonElement>(`[data-at="${next.join(',')}"]`)?.focus()
  }
  return (
    <figure className={styles.figure}>
      <h3>{t('matrix.title')}</h3>
      <div className={styles.scroll}>
        <table ref={table} className={styles.matrix} onKeyDown={move} aria-label={t('matrix.title')}>
          <thead>
            <tr>
              <td className={styles.corner}>
                {t('matrix.true')} ╲ {t('matrix.said')}
              </td>
              {classes.map((label) => (
                <th key={label} scope="col" title={label}>
                  <span>{label}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cellsOf(matrix).map((line, row) => (
              <tr key={classes[row]}>
                <th scope="row" title={classes[row]}>
                  <span>{classes[row]}</span>
                </th>
                {line.map((cell) => (
                  <Cell
                    key={cell.said}
                    cell={cell}
                    classes={classes}
                    isChosen={chosen !== null && cell.true === at[0] && cell.said === at[1]}
                    isStop={cell.true === at[0] && cell.said === at[1]}
                    onChoose={onChoose}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <figcaption className={styles.caption}>{t('matrix.caption')}</figcaption>
    </figure>
  )
}

interface CellProps {
  cell: MatrixCell
  classes: readonly string[]
  isChosen: boolean
  /** Whether the Tab key stops here. */
  isStop: boolean
  onChoose: (pair: Pair) => void
}

function Cell({ cell, classes, isChosen, isStop, onChoose }: CellProps) {
  const { t } = useTranslation('evaluate')
  const pair = { true: classes[cell.true] ?? '', said: classes[cell.said] ?? '' }
  const isRight = cell.true === cell.said
  const label = t(isRight ? 'matrix.right' : 'matrix.wrong', {
    ...pair,
    count: cell.count,
    share: formatPercent(cell.share),
  })
  return (
    <td>
      <button
        type="button"
        className={styles.cell}
        data-right={isRight}
        data-none={cell.count === 0}
        data-at={`${cell.true},${cell.said}`}
        style={{ '--strength': strength(cell.share) } as React.CSSProperties}
        tabIndex={isStop ? 0 : -1}
        aria-pressed={isChosen}
        aria-label={label}
        title={label}
        onClick={() => onChoose(pair)}
      >
        {formatNumber(cell.count)}
      </button>
    </td>
  )
}
