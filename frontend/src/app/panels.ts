import type { PanelImperativeHandle } from 'react-resizable-panels'

export type PanelName = 'palette' | 'inspector' | 'drawer'

const panels = new Map<PanelName, PanelImperativeHandle>()

/** Makes a panel known by name while it is on the screen; a ref callback. */
export function registerPanel(name: PanelName): (panel: PanelImperativeHandle | null) => void {
  return (panel) => {
    if (panel) panels.set(name, panel)
    else panels.delete(name)
  }
}

/** Folds a panel away, or brings it back as large as it was. */
export function togglePanel(name: PanelName): void {
  const panel = panels.get(name)
  if (panel?.isCollapsed()) panel.expand()
  else panel?.collapse()
}

export function showPanel(name: PanelName): void {
  panels.get(name)?.expand()
}
