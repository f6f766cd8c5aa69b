import { createContext } from 'react'
import type { JsonValue } from '../graph/json'

/** How a field inside a block becomes a parameter of the block, and stops being one; null outside of blocks. */
export interface Linking {
  link: (field: string, value: JsonValue) => void
  unlink: (field: string, parameter: string) => void
}

export const LinkingContext = createContext<Linking | null>(null)
