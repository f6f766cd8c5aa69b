import type { Graph, Node } from './document'

/** Keras's own spelling of a class as a layer name: MaxPooling2D → "max_pooling2d". */
export function snakeCase(type: string): string {
  return type
    .replace(/^.*[.:]/, '')
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
}

/** `wanted` if it is free, else with the first free number: "dense", "dense_1", "dense_2". */
export function uniqueName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted
  for (let number = 1; ; number += 1) {
    const name = `${wanted}_${number}`
    if (!taken.has(name)) return name
  }
}

/** The layer name of every node by its id: its own, or Keras's default made unique among all names. */
export function layerNames(graph: Pick<Graph, 'nodes'>): Map<string, string> {
  const taken = new Set(givenNames(graph))
  const names = new Map<string, string>()
  for (const node of graph.nodes) {
    const name = node.name ?? uniqueName(snakeCase(node.type), taken)
    taken.add(name)
    names.set(node.id, name)
  }
  return names
}

export function givenNames(graph: Pick<Graph, 'nodes'>): string[] {
  return graph.nodes.flatMap((node) => (node.name ? [node.name] : []))
}

/** What a node is called on the screen: its name, or its class where it has none. */
export function title(node: Pick<Node, 'name' | 'type'>): string {
  return node.name ?? node.type
}
