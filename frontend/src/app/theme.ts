import { createStore } from 'zustand/vanilla'

export type Theme = 'system' | 'light' | 'dark'

const KEY = 'layerloom.theme'
const dark = window.matchMedia('(prefers-color-scheme: dark)')

/** The chosen theme, and what it comes to on this machine. */
export const themeStore = createStore<{ theme: Theme; shown: 'light' | 'dark' }>(() => resolved(stored()))

export function setTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme)
  apply(theme)
}

/** Follows the system while the theme is left to it, until the returned function is called. */
export function followSystem(): () => void {
  const follow = () => apply(themeStore.getState().theme)
  follow()
  dark.addEventListener('change', follow)
  return () => dark.removeEventListener('change', follow)
}

function apply(theme: Theme): void {
  const state = resolved(theme)
  document.documentElement.dataset.theme = state.shown
  themeStore.setState(state)
}

function resolved(theme: Theme): { theme: Theme; shown: 'light' | 'dark' } {
  return { theme, shown: theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme }
}

function stored(): Theme {
  const value = localStorage.getItem(KEY)
  return value === 'light' || value === 'dark' ? value : 'system'
}
