import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button'
import { editsOf } from './datasetEdits'
import styles from './DatasetPage.module.css'
import { Refused } from './Refused'
import type { EditsInHand } from './useEdits'
import { useEditWords } from './useEditWords'
import type { Saving } from './useSaveVersion'
import { SavingProgress } from './SavingProgress'

interface EditBarProps {
  hand: EditsInHand
  saving: Saving
}

/** What was changed and not saved yet: nothing is shown where that is nothing. */
export function EditBar({ hand, saving }: EditBarProps) {
  const { t } = useTranslation('data')
  const { save, cancel, isSaving, isBusy, share, failure } = saving
  const changes = editsOf(hand.edits)
  const words = useEditWords(changes)
  useUndoKey(changes.length > 0 && !isSaving && !isBusy ? hand.undo : null)
  if (changes.length === 0) return null
  return (
    <section className={styles.edits} aria-label={t('edits.label')}>
      <Refused failure={failure} />
      {isSaving ? (
        <SavingProgress share={share} onStop={cancel} />
      ) : (
        <div className={styles.editLine}>
          <p className={styles.editWords} title={words.join(' · ')}>
            <b>{t('edits.count', { count: changes.length })}</b>{' '}
            <span className={styles.soft}>{words.join(' · ')}</span>
          </p>
          <Button look="quiet" title={t('edits.undoKeys')} disabled={isBusy} onClick={hand.undo}>
            {t('edits.undo')}
          </Button>
          <Button look="quiet" disabled={isBusy} onClick={hand.discard}>
            {t('edits.discard')}
          </Button>
          <Button
            look="primary"
            title={t('edits.text')}
            disabled={isBusy}
            onClick={() => save(changes, hand.discard)}
          >
            {t('edits.save')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** Ctrl+Z takes the last change back, unless it is meant for a text that is being typed. */
function useUndoKey(undo: (() => void) | null): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z'
      const isTyping = event.target instanceof Element && event.target.matches('input[type=text], textarea')
      if (!isUndo || isTyping || !undo) return
      event.preventDefault()
      undo()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [undo])
}
