import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useInitialLayer, useLayer } from '../../api/modelQueries'
import { useRun } from '../../api/queries'
import type { LayerReport, WeightReport } from '../../api/types'
import type { Node } from '../../graph/document'
import { layerNames } from '../../graph/naming'
import { useDraft } from '../../graph/useDraft'
import { useReport } from '../../graph/useReport'
import { useLiveRun } from '../liveRuns'
import { useShownRun } from '../shownRun'
import styles from './Inside.module.css'
import { LayerHistory } from './LayerHistory'
import { WeightFigures } from './WeightFigures'

const FIRST_SEED = 7
const MOST_PARAMETERS = 20_000_000

/** The weights of a drawn layer: after the newest epoch of this drawing's newest run, else as a run would start. */
export function NodeWeights({ node }: { node: Node }) {
  const { t } = useTranslation('runs')
  const name = useLayerName(node)
  const shown = useShownRun()
  const trained = useTrained(name)
  const initial = useInitial(node, name, trained === null)
  const layer = trained ?? initial
  const weight = layer && largestOf(layer)
  if (!weight?.statistics) return null
  const epoch = layer?.epoch ?? null
  return (
    <section className={styles.nodeWeights} aria-label={t('inside.weights')}>
      <header className={styles.nodeHead}>
        <h3>{epoch === null ? t('inside.initial') : t('inside.weightsAfter', { epoch })}</h3>
        <span>
          {weight.name} {weight.shape.join('×')}
        </span>
      </header>
      <WeightFigures name={weight.name} statistics={weight.statistics} />
      {trained && shown !== null && <LayerHistory key={name} run={shown} layer={name} />}
    </section>
  )
}

function useLayerName({ id, shares }: Node): string {
  return useDraft(({ graph }) => layerNames(graph).get(shares ?? id) ?? '')
}

/** The layer in the newest checkpoint of the run that the drawing shows; null where there is none of this name. */
function useTrained(name: string): LayerReport | null {
  const shown = useShownRun()
  const { data: run } = useRun(shown)
  const { series } = useLiveRun(shown)
  const known = useMemo(() => run && [...layerNames(run.graph).values()].includes(name), [run, name])
  const epoch = series.checkpoints.at(-1)?.epoch ?? run?.checkpoint_epochs.at(-1) ?? null
  const { data } = useLayer(known ? shown : null, epoch, name)
  return known && data?.name === name ? data : null
}

function useInitial({ id, shares }: Node, name: string, wanted: boolean): LayerReport | null {
  const drawn = useDraft(({ graph }) => graph)
  const seed = useDraft(({ recipe }) => recipe?.seed ?? FIRST_SEED)
  const graph = useMemo(() => ({ ...drawn, layout: {} }), [drawn])
  const report = useReport()
  const counted = report?.nodes[shares ?? id]?.parameters ?? 0
  const small = report !== null && report.ready && report.parameters <= MOST_PARAMETERS
  const { data } = useInitialLayer(graph, seed, name, wanted && small && counted > 0)
  return wanted && counted > 0 && data?.name === name ? data : null
}

function largestOf({ weights }: LayerReport): WeightReport | undefined {
  const size = ({ shape }: WeightReport) => shape.reduce((product, axis) => product * axis, 1)
  return weights.toSorted((a, b) => size(b) - size(a))[0]
}
