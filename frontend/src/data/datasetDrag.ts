import { dragKind } from '../ui/dragKind'

/** A dataset, by its id. */
export const datasetDrag = dragKind('dataset')
