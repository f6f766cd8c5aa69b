import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetInfo } from '../api/types'
import { Button } from '../ui/Button'
import { Panel } from '../ui/Panel'
import { editsOf } from './datasetEdits'
import styles from './DatasetPage.module.css'
import { Refused } from './Refused'
import type { EditsInHand } from './useEdits'
import type { Saving } from './useSaveVersion'
import { firstWindows, numbersOf, windowCounts, rowsLeft } from './windows'
import { WindowsCount } from './WindowsCount'
import { WindowsForm } from './WindowsForm'
import { SavingProgress } from './SavingProgress'

interface WindowsPanelProps {
  dataset: DatasetInfo
  /** What else is to be changed: the version with the windows has that too. */
  hand: EditsInHand
  saving: Saving
}

/** Makes a forecast of a table: each row gets the rows before it, in a new version. */
export function WindowsPanel({ dataset, hand, saving }: WindowsPanelProps) {
  const { t } = useTranslation('data')
  const form = useId()
  const { edits } = hand
  const isLikely = dataset.columns.some(({ kind }) => kind === 'date') && dataset.task !== 'forecast'
  const [isOpen, setIsOpen] = useState(isLikely)
  const numbers = numbersOf(dataset, edits)
  const first = firstWindows(dataset, numbers)
  const [changes, setChanges] = useState<Partial<typeof first>>({})
  const { save, cancel, isSaving, isBusy, share, failure } = saving
  if (!first) return null
  const names = new Set(numbers.map(({ name }) => name))
  const wanted = { ...first, ...changes }
  // What was chosen may have been left out since.
  const windows = {
    ...wanted,
    columns: wanted.columns.filter((name) => names.has(name)),
    target: names.has(wanted.target) ? wanted.target : first.target,
  }
  const counts = windowCounts(rowsLeft(dataset, edits), windows)
  const others = editsOf(edits)
  const isPossible = windows.columns.length > 0 && Object.values(counts).every((count) => count > 0)
  const toggle = (
    <Button size="small" aria-expanded={isOpen} aria-controls={form} onClick={() => setIsOpen(!isOpen)}>
      {t(isOpen ? 'windows.close' : 'windows.open')}
    </Button>
  )
  return (
    <Panel title={t('windows.title')} aside={toggle}>
      <p className={styles.soft}>{t('windows.text')}</p>
      <div id={form} hidden={!isOpen}>
        <WindowsForm
          numbers={numbers}
          windows={windows}
          onChange={(change) => setChanges({ ...changes, ...change })}
        />
        <div className={styles.windowsEnd}>
          <WindowsCount dataset={dataset} edits={edits} windows={windows} counts={counts} />
          {isSaving ? (
            <SavingProgress share={share} onStop={cancel} />
          ) : (
            <Button
              look="primary"
              disabled={!isPossible || isBusy}
              onClick={() => save([...others, windows], hand.discard)}
            >
              {others.length > 0 ? t('windows.makeWith', { count: others.length }) : t('windows.make')}
            </Button>
          )}
        </div>
        <Refused failure={failure} />
      </div>
    </Panel>
  )
}
