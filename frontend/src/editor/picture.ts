/** The whole drawing as a picture, as it looks, at its full size. */

import { getNodesBounds, getViewportForBounds } from '@xyflow/react'
import { toBlob, toSvg } from 'html-to-image'
import { canvasStore } from './canvasStore'

export type PictureKind = 'png' | 'svg'

const MARGIN = 32
const SHARPNESS = 2
/** What a browser still draws on one canvas; a larger drawing becomes a smaller picture. */
const LARGEST_SIDE = 8_000

/** The drawing on its ground; on a light one if asked, whatever the theme. Null where nothing is drawn. */
export async function takePicture(kind: PictureKind, light: boolean): Promise<Blob | null> {
  const viewport = document.querySelector<HTMLElement>('[role="application"] .react-flow__viewport')
  const { nodes } = canvasStore.getState()
  if (!viewport || nodes.length === 0) return null
  return posed(viewport, light, () => shoot(viewport, kind))
}

async function shoot(viewport: HTMLElement, kind: PictureKind): Promise<Blob | null> {
  const bounds = getNodesBounds(canvasStore.getState().nodes)
  const scale = Math.min(1, LARGEST_SIDE / (Math.max(bounds.width, bounds.height) + 2 * MARGIN))
  const width = Math.ceil((bounds.width + 2 * MARGIN) * scale)
  const height = Math.ceil((bounds.height + 2 * MARGIN) * scale)
  const { x, y, zoom } = getViewportForBounds(bounds, width, height, scale, scale, 0)
  const options = {
    width,
    height,
    backgroundColor: getComputedStyle(document.documentElement).getPropertyValue('--ground').trim(),
    style: {
      width: `${width}px`,
      height: `${height}px`,
      transform: `translate(${x}px, ${y}px) scale(${zoom})`,
    },
    pixelRatio: kind === 'png' && Math.max(width, height) * SHARPNESS <= LARGEST_SIDE ? SHARPNESS : 1,
  }
  if (kind === 'png') return toBlob(viewport, options)
  const svg = decodeURIComponent(
    (await toSvg(viewport, options)).replace(/^data:image\/svg\+xml;charset=utf-8,/, ''),
  )
  return new Blob([svg], { type: 'image/svg+xml' })
}

/** While a picture is taken nothing is hidden for being far away, and the theme may be another. */
async function posed<T>(viewport: HTMLElement, light: boolean, shoot: () => Promise<T>): Promise<T> {
  const far = viewport.closest('.far')
  const root = document.documentElement
  const theme = root.dataset.theme
  far?.classList.remove('far')
  if (light) root.dataset.theme = 'light'
  try {
    return await shoot()
  } finally {
    far?.classList.add('far')
    if (theme === undefined) delete root.dataset.theme
    else root.dataset.theme = theme
  }
}
