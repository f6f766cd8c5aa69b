import type { LucideIcon } from 'lucide-react'
import {
  Boxes,
  Copy,
  CopyPlus,
  CornerLeftUp,
  FolderOpen,
  Keyboard,
  Link2,
  Layers2,
  ListTree,
  Map as MapIcon,
  Maximize,
  PackageOpen,
  PencilLine,
  Plus,
  Redo2,
  ScanSearch,
  SquareDashedMousePointer,
  Trash2,
  Undo2,
  Unlink,
  Unplug,
  Workflow,
} from 'lucide-react'
import { draftActions } from '../graph/draft'
import { openedStore } from '../graph/opened'
import {
  autoLayout,
  copySelected,
  duplicateSelected,
  fitView,
  openSearch,
  removeSelected,
  selectAll,
} from './actions'
import {
  closeBlocks,
  detachBlock,
  groupSelected,
  openBlock,
  selectedBlock,
  shareSelected,
  unpackBlock,
} from './blockActions'
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
    id: 'share',
    text: 'editor:command.share',
    icon: Layers2,
    keys: 'Ctrl+Shift+D',
    enabled: oneSelected,
    run: shareSelected,
  },
  {
    id: 'group',
    text: 'editor:command.group',
    icon: Boxes,
    keys: 'Ctrl+G',
    enabled: nodesSelected,
    run: groupSelected,
  },
  {
    id: 'open',
    text: 'editor:command.open',
    icon: FolderOpen,
    keys: 'Enter',
    enabled: () => selectedBlock() !== null,
    run: () => withBlock(openBlock),
  },
  {
    id: 'back',
    text: 'editor:command.back',
    icon: CornerLeftUp,
    enabled: () => openedStore.getState().path.length > 0,
    run: () => closeBlocks(),
  },
  {
    id: 'unpack',
    text: 'editor:command.unpack',
    icon: PackageOpen,
    keys: 'Ctrl+Shift+G',
    enabled: () => selectedBlock() !== null,
    run: () => withBlock(unpackBlock),
  },
  {
    id: 'detach',
    text: 'editor:command.detach',
    icon: Unlink,
    enabled: () => selectedBlock() !== null,
    run: () => withBlock(detachBlock),
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

function withBlock(run: (id: string) => void): void {
  const id = selectedBlock()
  if (id !== null) run(id)
}

function focusPalette(): void {
  document.querySelector<HTMLInputElement>('[data-palette-search]')?.focus()
}
