import { Copy, Download, FileDown } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { ApiError } from '../../api/apiError'
import { arraysUrl } from '../../api/datasets'
import type { SourceStyle } from '../../api/types'
import { layerNames } from '../../graph/naming'
import { useDraft } from '../../graph/useDraft'
import { Button } from '../../ui/Button'
import { fileName, saveBlob } from '../../ui/saveBlob'
import { EmptyState } from '../../ui/EmptyState'
import { Skeleton } from '../../ui/Skeleton'
import { useView } from '../view'
import styles from './CodePanel.module.css'
import { nodeLines, type Lines } from './nodeLines'
import { notebookText } from './notebookText'
import { StyleSwitch, useReasons } from './StyleSwitch'
import { useSource, type Source } from './useSource'

const CodeView = lazy(() => import('./CodeView'))
const NOTHING: readonly Lines[] = []

/** The drawing as Python, written anew as it changes; the selected layer stands out. */
export function CodePanel() {
  const { t } = useTranslation('editor')
  const [wanted, setWanted] = useState<SourceStyle>('functional')
  const reasons = useReasons()
  const style = reasons(wanted) === null ? wanted : 'functional'
  const source = useSource(style)
  const shown = source.text !== null && style === 'notebook' ? notebookText(source.text) : source.text
  const marked = useMarked(shown)
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <StyleSwitch style={style} onChange={setWanted} />
        <Note source={source} />
        {source.text !== null && shown !== null && <Actions style={style} text={source.text} shown={shown} />}
      </div>
      {shown !== null && (
        <Suspense fallback={<Waiting />}>
          <CodeView
            text={shown}
            label={t('code.label', { style: t(`code.styles.${style}`) })}
            marked={marked}
          />
        </Suspense>
      )}
      {shown === null && source.failure && (
        <EmptyState title={t('code.none')} text={source.failure.message} />
      )}
      {shown === null && !source.failure && <Waiting />}
    </div>
  )
}

/** Why the code is not that of the newest drawing; where there is no code at all, the panel says it at large. */
function Note({ source }: { source: Source }) {
  const { t } = useTranslation('editor')
  const { failure, text } = source
  const mistaken = failure instanceof ApiError && failure.status === 422
  return (
    <p className={styles.note} role="status">
      {failure && text !== null && t(mistaken ? 'code.old' : 'code.offline')}
    </p>
  )
}

function Actions({ style, text, shown }: { style: SourceStyle; text: string; shown: string }) {
  const { t } = useTranslation('editor')
  const name = useDraft((draft) => draft.name)
  const dataset = useDraft((draft) => draft.recipe?.data.dataset)
  const ending = style === 'notebook' ? 'ipynb' : 'py'
  const copy = () => {
    navigator.clipboard.writeText(shown).then(
      () => toast.success(t('code.copied')),
      () => toast.error(t('code.notCopied')),
    )
  }
  const trains = style === 'notebook' || style === 'script'
  return (
    <div className={styles.actions}>
      {trains && dataset && (
        <Button
          size="small"
          icon={<FileDown aria-hidden="true" />}
          onClick={() => window.location.assign(arraysUrl(dataset))}
        >
          {t('code.data', { file: `${dataset}.npz` })}
        </Button>
      )}
      <Button size="small" icon={<Copy aria-hidden="true" />} onClick={copy}>
        {t('code.copy')}
      </Button>
      <Button
        size="small"
        icon={<Download aria-hidden="true" />}
        onClick={() => saveBlob(new Blob([text], { type: 'text/plain' }), fileName(name, `.${ending}`))}
      >
        {t('code.download', { ending })}
      </Button>
    </div>
  )
}

/** The lines of the one layer that is selected. */
function useMarked(code: string | null): readonly Lines[] {
  const selected = useView((view) => (view.nodes.length === 1 ? view.nodes[0] : undefined))
  const nodes = useDraft((draft) => draft.graph.nodes)
  return useMemo(() => {
    const node = nodes.find((one) => one.id === selected)
    const name = node && node.type !== 'Output' ? layerNames({ nodes }).get(node.id) : undefined
    return code !== null && name !== undefined ? nodeLines(code, name) : NOTHING
  }, [code, nodes, selected])
}

function Waiting() {
  return (
    <div className={styles.waiting}>
      <Skeleton height={18} lines={6} />
    </div>
  )
}
