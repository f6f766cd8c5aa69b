import { createStore } from 'zustand/vanilla'
import { showPanel } from './panels'

export type DrawerTab = 'training' | 'problems' | 'code' | 'data'

/** Which part of the drawer below the canvas is shown. */
export const drawerStore = createStore<{ tab: DrawerTab }>(() => ({ tab: 'training' }))

export function showDrawer(tab: DrawerTab): void {
  drawerStore.setState({ tab })
  showPanel('drawer')
}
