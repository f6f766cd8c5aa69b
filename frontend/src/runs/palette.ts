/** Colours for canvases, which can not read CSS variables by themselves, renewed when the theme changes. */

import { useMemo, useSyncExternalStore } from 'react'

const HUES = [
  '--accent',
  '--good',
  '--cat-rnn',
  '--cat-conv',
  '--cat-pool',
  '--cat-attention',
  '--cat-norm',
  '--bad',
]

export interface Palette {
  ink: string
  soft: string
  line: string
  panel: string
  bad: string
  warn: string
  /** Fonts of canvas texts: text, and figures. */
  font: string
  hues: string[]
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
  return () => observer.disconnect()
}

const theme = () => document.documentElement.dataset.theme ?? 'light'

export function usePalette(): Palette {
  const current = useSyncExternalStore(subscribe, theme)
  return useMemo(() => readPalette(current), [current])
}

/** The colours under the theme that stands on the page now; its name says when to read them again. */
function readPalette(named: string): Palette {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(name).trim() || (named === 'dark' ? '#ddd' : '#333')
  return {
    ink: read('--ink'),
    soft: read('--soft'),
    line: read('--line'),
    panel: read('--panel'),
    bad: read('--bad'),
    warn: read('--warn'),
    font: `11px ${style.getPropertyValue('--font').trim() || 'sans-serif'}`,
    hues: HUES.map(read),
  }
}

/** The CSS colour of a hue, for swatches in the page. */
export function hueColour(hue: number): string {
  return `var(${HUES[hue % HUES.length] ?? '--accent'})`
}
