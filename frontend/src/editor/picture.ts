/** The whole drawing as a picture, as it looks, at its full size. */

import { getNodesBounds, getViewportForBounds } from '@xyflow/react'
import { toSvg } from 'html-to-image'
import { canvasStore } from './canvasStore'

export type PictureKind = 'png' | 'svg'

const MARGIN = 32
const SVG_URL = 'data:image/svg+xml;charset=utf-8,'
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
  const url = await toSvg(viewport, {
    width,
    height,
    style: {
      width: `${width}px`,
      height: `${height}px`,
      transform: `translate(${x}px, ${y}px) scale(${zoom})`,
    },
  })
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--ground').trim()
  const svg = onGround(wellFormed(decodeURIComponent(url.slice(SVG_URL.length))), ground)
  return kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : painted(svg, width, height)
}

/** XML takes no control characters, and ids of wires hold some. */
function wellFormed(svg: string): string {
  return svg.replace(/(?![\t\n\r])\p{Cc}/gu, '')
}

/** A colour of the drawing itself would move with it. */
function onGround(svg: string, colour: string): string {
  return svg.replace('>', `><rect width="100%" height="100%" fill="${colour}"/>`)
}

async function painted(svg: string, width: number, height: number): Promise<Blob | null> {
  const sharpness = Math.max(width, height) * SHARPNESS <= LARGEST_SIDE ? SHARPNESS : 1
  const image = new Image(width, height)
  image.src = SVG_URL + encodeURIComponent(svg)
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * sharpness
  canvas.height = height * sharpness
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

/** While a picture is taken nothing is hidden for being far away, and the theme may be another. */
async function posed<T>(viewport: HTMLElement, light: boolean, shoot: () => Promise<T>): Promise<T> {
  const far = viewport.closest('.far')
  const root = document.documentElement
  const theme = root.dataset.theme
  far?.classList.remove('far')
  if (light) root.dataset.theme = 'light'
  const wires = [...viewport.querySelectorAll<SVGElement>('.react-flow__edge-path')]
  wires.forEach(writeDownStroke)
  try {
    return await shoot()
  } finally {
    for (const wire of wires) wire.removeAttribute('style')
    far?.classList.add('far')
    if (theme === undefined) delete root.dataset.theme
    else root.dataset.theme = theme
  }
}

/** The copy that becomes the picture knows the style of a wire only where the wire itself has it. */
function writeDownStroke(wire: SVGElement): void {
  wire.style.transition = 'none'
  const { stroke, strokeWidth, strokeDasharray } = getComputedStyle(wire)
  Object.assign(wire.style, { stroke, strokeWidth, strokeDasharray })
}
