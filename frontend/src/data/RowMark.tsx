import { Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton'
import styles from './RowBrowser.module.css'

/** What can be chosen about the rows that are shown, each by its place on the page. */
export interface RowChoice {
  isSelected: (index: number) => boolean
  isLeftOut: (index: number) => boolean
  /** The number of a row, from 1. */
  numberOf: (index: number) => number
  toggle: (index: number, isRange: boolean) => void
  /** All rows of the page that are not left out. */
  togglePage: () => void
  /** Of the rows of the page. */
  selectedOnPage: 'none' | 'some' | 'all'
  putBack: (index: number) => void
}

/** Selects a row (with Shift: all from the last one); puts one back that is to be left out. */
export function RowMark({ choice, index }: { choice: RowChoice; index: number }) {
  const { t } = useTranslation('data')
  const row = choice.numberOf(index)
  if (choice.isLeftOut(index)) {
    return (
      <IconButton
        className={styles.putBack}
        label={t('rows.putBack', { row })}
        onClick={() => choice.putBack(index)}
      >
        <Undo2 aria-hidden="true" />
      </IconButton>
    )
  }
  return (
    <input
      type="checkbox"
      className={styles.check}
      aria-label={t('rows.select', { row })}
      title={t('rows.selectHint')}
      checked={choice.isSelected(index)}
      onChange={(event) => choice.toggle(index, (event.nativeEvent as MouseEvent).shiftKey)}
    />
  )
}

/** Selects all rows of the page, or none. */
export function PageMark({ choice }: { choice: RowChoice }) {
  const { t } = useTranslation('data')
  const { selectedOnPage } = choice
  return (
    <input
      ref={(input) => {
        if (input) input.indeterminate = selectedOnPage === 'some'
      }}
      type="checkbox"
      className={styles.check}
      aria-label={t('rows.selectPage')}
      checked={selectedOnPage === 'all'}
      onChange={() => choice.togglePage()}
    />
  )
}
