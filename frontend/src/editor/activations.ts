/** What nodes give out for pinned samples, as pictures. */

import { createContext } from 'react'
import type { NodeActivations } from '../api/types'

/** By the path of a node; empty where no sample is pinned. */
export const ActivationSource = createContext<Readonly<Record<string, NodeActivations>>>({})

export interface Strip {
  width: number
  height: number
  bytes: Uint8ClampedArray<ArrayBuffer>
}

type Line = readonly (number | null)[]
const POSITIVE = [74, 116, 240] as const
const NEGATIVE = [222, 106, 52] as const
const NOT_FINITE = [214, 40, 190, 255] as const

/** One picture a sample: its maps side by side with a gap of a pixel, or its vector as a line. Empty for texts. */
export function stripsOf({ kind, maps, vectors }: NodeActivations): Strip[] {
  if (kind === 'text') return []
  const samples = kind === 'maps' ? maps : vectors.map((vector) => [[vector]])
  const limit = largest(samples.flat(3))
  return samples.map((sample) => strip(sample, limit))
}

function largest(values: Line): number {
  return values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0)
}

function strip(maps: readonly (readonly Line[])[], limit: number): Strip {
  const height = maps[0]?.length ?? 0
  const across = maps[0]?.[0]?.length ?? 0
  const width = Math.max(0, maps.length * (across + 1) - 1)
  const bytes = new Uint8ClampedArray(width * height * 4)
  maps.forEach((map, place) =>
    map.forEach((line, y) =>
      line.forEach((value, x) => bytes.set(heat(value, limit), (y * width + place * (across + 1) + x) * 4)),
    ),
  )
  return { width, height, bytes }
}

function heat(value: number | null, limit: number): readonly number[] {
  if (value === null) return NOT_FINITE
  const share = limit > 0 ? Math.abs(value) / limit : 0
  return [...(value < 0 ? NEGATIVE : POSITIVE), Math.round(share * 255)]
}
