/** A model of `keras.applications` as a node: what decides whether, and how, it can be opened into its layers. */

import { parameterOf } from './blockParameters'
import type { Node } from './document'

export function isApplication(node: Node): boolean {
  return node.type.startsWith('applications.')
}

/** Whether a run of this node starts from the weights of ImageNet: as in Keras, unless `weights` says null. */
export function isPretrained({ config }: Node): boolean {
  return !('weights' in config) || config.weights === 'imagenet'
}

/** Its arguments whose values the block around it gives: its layers differ from call to call. */
export function givenByBlock({ config }: Node): string[] {
  return Object.keys(config).filter((name) => parameterOf(config[name]) !== null)
}
