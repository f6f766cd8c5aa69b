import type { LucideIcon } from 'lucide-react'
import {
  Copy,
  CopyPlus,
  Keyboard,
  Link2,
  ListTree,
  Map as MapIcon,
  Maximize,
  PencilLine,
  Plus,
  Redo2,
  ScanSearch,
  SquareDashedMousePointer,
  Trash2,
  Undo2,
  Unplug,
  Workflow,
} from 'lucide-react'
import { draftActions } from '../graph/draft'
import {
  autoLayout,
  copySelected,
  duplicateSelected,
  fitView,
  openSearch,
  removeSelected,
  selectAll,
} from './actions'
import { viewActions, viewStore } from './view'

/** One thing that can be done, by name, by key or by button. */
export interface Command {
  id: string
  /** The key of its name in the texts, with its room. */
  text: string
  icon: LucideIcon
  keys?: string
  /** Whether it makes sense just now; left out, it always does. */
  enabled?: () => boolean
  run: () => void
}

const someSelected = () => viewStore.getState().nodes.length + viewStore.getState().edges.length > 0
const oneSelected = () => viewStore.getState().nodes.length === 1
const nodesSelected = () => viewStore.getState().nodes.length > 0

/** What the canvas can do, in the order of the command list. */
export const editorCommands: readonly Command[] = [
  { id: 'add', text: 'editor:command.add', icon: Plus, keys: 'Tab', run: () => openSearch() },
  {
    id: 'connect',
    text: 'editor:command.connect',
    icon: Link2,
    keys: 'C',
    enabled: oneSelected,
    run: () => viewActions.openDialog('connect'),
  },
  {
    id: 'rename',
    text: 'editor:command.rename',
    icon: PencilLine,
    keys: 'F2',
    enabled: oneSelected,
    run: () => viewActions.rename(),
  },
  {
    id: 'find',
    text: 'editor:command.find',
    icon: ScanSearch,
    keys: 'Ctrl+F',
    run: () => viewActions.openDialog('find'),
  },
  { id: 'undo', text: 'editor:command.undo', icon: Undo2, keys: 'Ctrl+Z', run: () => draftActions.undo() },
  {
    id: 'redo',
    text: 'editor:command.redo',
    icon: Redo2,
    keys: 'Ctrl+Shift+Z',
    run: () => draftActions.redo(),
  },
  {
    id: 'copy',
    text: 'editor:command.copy',
    icon: Copy,
    keys: 'Ctrl+C',
    enabled: nodesSelected,
    run: () => void copySelected(),
  },
  {
    id: 'duplicate',
    text: 'editor:command.duplicate',
    icon: CopyPlus,
    keys: 'Ctrl+D',
    enabled: nodesSelected,
    run: duplicateSelected,
  },
  {
    id: 'selectAll',
    text: 'editor:command.selectAll',
    icon: SquareDashedMousePointer,
    keys: 'Ctrl+A',
    run: selectAll,
  },
  {
    id: 'delete',
    text: 'editor:command.delete',
    icon: Trash2,
    keys: 'Delete',
    enabled: someSelected,
    run: () => removeSelected(),
  },
  {
    id: 'heal',
    text: 'editor:command.heal',
    icon: Unplug,
    keys: 'Ctrl+Delete',
    enabled: nodesSelected,
    run: () => removeSelected(true),
  },
  {
    id: 'arrange',
    text: 'editor:command.arrange',
    icon: Workflow,
    keys: 'Shift+L',
    run: () => void autoLayout(),
  },
  { id: 'fit', text: 'editor:command.fit', icon: Maximize, keys: '1', run: () => fitView() },
  {
    id: 'fitSelected',
    text: 'editor:command.fitSelected',
    icon: Maximize,
    keys: '.',
    enabled: nodesSelected,
    run: () => fitView(true),
  },
  {
    id: 'minimap',
    text: 'editor:command.minimap',
    icon: MapIcon,
    keys: 'M',
    run: () => viewActions.toggleMinimap(),
  },
  { id: 'palette', text: 'editor:command.palette', icon: ListTree, keys: '/', run: focusPalette },
  {
    id: 'shortcuts',
    text: 'editor:command.shortcuts',
    icon: Keyboard,
    keys: '?',
    run: () => viewActions.openDialog('shortcuts'),
  },
]

function focusPalette(): void {
  document.querySelector<HTMLInputElement>('[data-palette-search]')?.focus()
}
