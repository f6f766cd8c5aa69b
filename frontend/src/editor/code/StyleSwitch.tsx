import { useTranslation } from 'react-i18next'
import type { SourceStyle } from '../../api/types'
import { chainBreak } from '../../graph/chain'
import { findNode } from '../../graph/document'
import { layerNames } from '../../graph/naming'
import { useDraft } from '../../graph/useDraft'
import { Tooltip } from '../../ui/Tooltip'
import styles from './CodePanel.module.css'

const STYLES: readonly SourceStyle[] = [
  'functional',
  'sequential',
  'sequential_add',
  'subclass',
  'script',
  'notebook',
]

/** Which way the code is written. A way that does not fit the drawing stays, and says why it does not. */
export function StyleSwitch({
  style,
  onChange,
}: {
  style: SourceStyle
  onChange: (style: SourceStyle) => void
}) {
  const { t } = useTranslation('editor')
  const reasons = useReasons()
  return (
    <div className={styles.styles} role="radiogroup" aria-label={t('code.style')}>
      {STYLES.map((one) => (
        <Tooltip key={one} text={reasons(one) ?? t(`code.about.${one}`)}>
          <button
            type="button"
            role="radio"
            aria-checked={style === one}
            aria-disabled={reasons(one) !== null}
            onClick={() => reasons(one) === null && onChange(one)}
          >
            {t(`code.styles.${one}`)}
          </button>
        </Tooltip>
      ))}
    </div>
  )
}

/** Why a style does not fit, in words; null where it does. */
export function useReasons(): (style: SourceStyle) => string | null {
  const { t } = useTranslation('editor')
  const graph = useDraft((draft) => draft.graph)
  const hasRecipe = useDraft((draft) => draft.recipe !== null)
  const broken = chainBreak(graph)
  return (style) => {
    if ((style === 'script' || style === 'notebook') && !hasRecipe) return t('code.needsRecipe')
    if (!broken || !style.startsWith('sequential')) return null
    const node = broken.node === null ? undefined : findNode(graph, broken.node)
    const name = node ? layerNames(graph).get(node.id) : ''
    return t(`code.noChain.${broken.reason}`, { name })
  }
}
