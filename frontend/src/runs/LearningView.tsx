import { Activity } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventOf } from '../api/types'
import { LearningSource, NO_LEARNING, type Learning } from '../editor/learning'
import type { Graph } from '../graph/document'
import { Button } from '../ui/Button'
import { cx } from '../ui/cx'
import { findingsOfNodes, layersOfNodes, signsOfNodes, spanOf } from './learning'
import { useLearningShown } from './learningShown'
import styles from './LearningView.module.css'
import type { Series } from './series'

interface LearningViewProps {
  graph: Graph
  series: Series
  /** The drawing, whose nodes and wires then show how they learn; it may be told the epoch that is looked at. */
  children: ReactNode | ((epoch: number | null) => ReactNode)
}

/** Gradients on the wires, steps on the nodes: of a run, at its newest look or at the one that was scrubbed to. */
export function LearningView({ graph, series, children }: LearningViewProps) {
  const { on } = useLearningShown()
  const [chosen, setChosen] = useState<number | null>(null)
  const { probes, findings } = series
  const at = probes.find(({ k }) => k === chosen) ?? probes.at(-1)
  const learning = useLearning(graph, on ? at : undefined, on ? findings : NONE)
  return (
    <div className={styles.view}>
      <LearningSource value={learning}>
        {typeof children === 'function' ? children(at?.epoch ?? null) : children}
      </LearningSource>
      {(at ?? findings.some(({ layer }) => layer !== null)) && (
        <Bar probes={probes} at={at} isLive={chosen === null} onChoose={setChosen} />
      )}
    </div>
  )
}

const NONE: readonly EventOf<'finding'>[] = []

function useLearning(
  graph: Graph,
  look: EventOf<'probe'> | undefined,
  findings: readonly EventOf<'finding'>[],
): Learning {
  // Where a node lies on the canvas says nothing of its layers.
  const { nodes, blocks } = graph
  return useMemo(() => {
    if (!look && findings.length === 0) return NO_LEARNING
    const told = look?.layers ?? {}
    const named = findings.flatMap(({ layer }) => layer ?? [])
    const known = new Set([...Object.keys(told), ...named])
    const layers = layersOfNodes({ version: 1, name: '', nodes, blocks, edges: [], layout: {} }, known)
    const signs = signsOfNodes(layers, told)
    return {
      signs,
      span: spanOf(signs),
      findings: findingsOfNodes(layers, findings, look?.epoch ?? Infinity),
    }
  }, [nodes, blocks, look, findings])
}

interface BarProps {
  probes: readonly EventOf<'probe'>[]
  at: EventOf<'probe'> | undefined
  isLive: boolean
  onChoose: (k: number | null) => void
}

/** The switch, and the slider through the looks. */
function Bar({ probes, at, isLive, onChoose }: BarProps) {
  const { t } = useTranslation('runs')
  const { on, toggle } = useLearningShown()
  const index = probes.findIndex((one) => one.k === at?.k)
  const choose = (next: number) => onChoose(next === probes.length - 1 ? null : (probes[next]?.k ?? null))
  return (
    <div className={styles.bar} role="group" aria-label={t('learning.label')}>
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={on}
        title={t('learning.hint')}
        onClick={toggle}
      >
        <Activity size={14} aria-hidden="true" /> {t('learning.label')}
      </button>
      {on && at && (
        <>
          {probes.length > 1 && (
            <input
              type="range"
              className={styles.slider}
              min={0}
              max={probes.length - 1}
              value={index}
              aria-label={t('learning.scrub')}
              aria-valuetext={t('learning.epoch', { epoch: at.epoch })}
              onChange={(event) => choose(Number(event.target.value))}
            />
          )}
          <span className={cx(styles.when, !isLive && styles.past)}>
            {t('learning.epoch', { epoch: at.epoch })}
          </span>
          {!isLive && (
            <Button size="small" onClick={() => onChoose(null)}>
              {t('learning.newest')}
            </Button>
          )}
        </>
      )}
    </div>
  )
}
