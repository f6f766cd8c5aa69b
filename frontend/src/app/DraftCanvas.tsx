import { DropGround } from '../data/DropGround'
import { AddDataButton } from '../data/upload/AddDataButton'
import { Canvas } from '../editor/Canvas'
import { useDraft } from '../graph/useDraft'
import { LearningView } from '../runs/LearningView'
import { useLiveRun } from '../runs/liveRuns'
import { useShownRun } from '../runs/shownRun'
import { DraftSamples } from './DraftSamples'
import { openProject } from './drafts'

/** The drawing, with how the layers of its newest run learn and what they make of pinned samples. */
export function DraftCanvas() {
  const graph = useDraft((draft) => draft.graph)
  const { series } = useLiveRun(useShownRun())
  return (
    <LearningView graph={graph} series={series}>
      {(look) => (
        <DraftSamples look={look}>
          <DropGround onOpen={openProject}>
            <Canvas start={<AddDataButton place="drawing" />} />
          </DropGround>
        </DraftSamples>
      )}
    </LearningView>
  )
}
