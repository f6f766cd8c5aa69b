import { ChevronRight, CornerLeftUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { openedNames } from '../graph/opened'
import { useDraft, useOpened } from '../graph/useDraft'
import { IconButton } from '../ui/IconButton'
import { closeBlocks } from './blockActions'
import styles from './Breadcrumb.module.css'

/** The way from the drawing into the opened block, each step a way back. */
export function Breadcrumb() {
  const { t } = useTranslation('editor')
  const path = useOpened()
  const names = useDraft(useShallow((draft) => openedNames(draft.graph, path)))
  const model = useDraft((draft) => draft.name)
  if (names.length === 0) return null
  const steps = [model || t('block.model'), ...names]
  return (
    <nav className={styles.crumbs} aria-label={t('block.path')}>
      <IconButton label={t('command.back')} keys="Esc" onClick={() => closeBlocks()}>
        <CornerLeftUp aria-hidden="true" />
      </IconButton>
      <ol>
        {steps.map((step, depth) => (
          <li key={depth}>
            {depth > 0 && <ChevronRight className={styles.then} aria-hidden="true" />}
            {depth < steps.length - 1 ? (
              <button type="button" onClick={() => closeBlocks(depth)}>
                {step}
              </button>
            ) : (
              <span className={styles.here} aria-current="page">
                {step}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
