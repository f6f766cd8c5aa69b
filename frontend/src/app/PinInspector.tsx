import { PinBar } from '../data/PinBar'
import { useDraft } from '../graph/useDraft'

/** At an Input: which samples are followed from there on. Nothing before there is data. */
export function PinInspector() {
  const dataset = useDraft(({ recipe }) => recipe?.data.dataset)
  return dataset === undefined ? null : <PinBar dataset={dataset} />
}
