import { Canvas } from '../editor/Canvas'
import { useDraft } from '../graph/useDraft'
import { LearningView } from '../runs/LearningView'
import { useLiveRun } from '../runs/liveRuns'
import { useShownRun } from '../runs/shownRun'

/** The drawing, with how the layers of its newest run learn. */
export function DraftCanvas() {
  const graph = useDraft((draft) => draft.graph)
  const { series } = useLiveRun(useShownRun())
  return (
    <LearningView graph={graph} series={series}>
      <Canvas />
    </LearningView>
  )
}
