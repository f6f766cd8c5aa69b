import { FileText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { useShallow } from 'zustand/react/shallow'
import { getSummary } from '../api/graphs'
import type { CheckReport } from '../graph/report'
import { useDraft } from '../graph/useDraft'
import { useReport } from '../graph/useReport'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { formatBytes, formatNumber } from '../ui/format'
import { Skeleton } from '../ui/Skeleton'
import styles from './Inspector.module.css'

const BYTES_PER_PARAMETER = 4

/** The model as a whole, while no node is selected. */
export function ModelSummary() {
  const { t } = useTranslation('editor')
  const layers = useDraft((draft) => draft.graph.nodes.length)
  const name = useDraft((draft) => draft.name)
  const report = useReport()
  return (
    <div className={styles.node}>
      <h2 className={styles.modelName}>{name}</h2>
      {report ? <Figures report={report} layers={layers} /> : <Skeleton lines={4} />}
      <KerasSummary />
      <ul className={styles.hints}>
        <li>{t('hints.select')}</li>
        <li>{t('hints.add')}</li>
        <li>{t('hints.wire')}</li>
        <li>{t('hints.keys')}</li>
      </ul>
    </div>
  )
}

function Figures({ report, layers }: { report: CheckReport; layers: number }) {
  const { t } = useTranslation('editor')
  const ids = useDraft(useShallow((draft) => draft.graph.nodes.map((node) => node.id)))
  // A block's own figures hold those of everything inside it.
  const drawn = ids.flatMap((id) => report.nodes[id] ?? [])
  const activations = drawn.reduce((sum, node) => sum + node.activation_bytes, 0)
  const operations = drawn.reduce((sum, node) => sum + node.operations, 0)
  const rows: [string, string][] = [
    [t('figures.nodes'), formatNumber(layers)],
    [t('figures.parameters'), formatNumber(report.parameters)],
    [t('figures.weights'), formatBytes(report.parameters * BYTES_PER_PARAMETER)],
    [t('figures.memory'), t('figures.perSample', { size: formatBytes(activations) })],
    [t('figures.operations'), t('figures.perSample', { size: formatNumber(operations) })],
  ]
  return (
    <dl className={styles.figures}>
      {rows.map(([term, value]) => (
        <div key={term} className={styles.figure}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Keras's own summary text, asked for when it is opened. */
function KerasSummary() {
  const { t } = useTranslation('editor')
  const graph = useDraft((draft) => draft.graph)
  const [text, setText] = useState<string | null>(null)
  const ready = useReport()?.ready === true
  const open = () => {
    getSummary(graph).then(setText, (error: unknown) =>
      toast.error(error instanceof Error ? error.message : String(error)),
    )
  }
  return (
    <>
      <Button size="small" icon={<FileText aria-hidden="true" />} disabled={!ready} onClick={open}>
        {t('summary.open')}
      </Button>
      <Dialog open={text !== null} onClose={() => setText(null)} title={t('summary.title')} size="wide">
        <pre className={styles.summary} tabIndex={0} role="region" aria-label={t('summary.title')}>
          {text}
        </pre>
      </Dialog>
    </>
  )
}
