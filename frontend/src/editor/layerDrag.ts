import { dragKind } from '../ui/dragKind'

/** A layer of the palette, by its type. */
export const layerDrag = dragKind('layer')
