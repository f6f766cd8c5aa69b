import type { Graph, Node } from './document'

/** Keras's own spelling of a class as a layer name: MaxPooling2D → "max_pooling2d". The server spells it the same. */
export function snakeCase(type: string): string {
  return type
    .replace(/\W+/g, '_')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
}

/** `wanted` if it is free, else with the first free number: "dense", "dense_1", "dense_2". */
export function uniqueName(wanted: string, taken: ReadonlySet<string>): string {
  return nextFree(wanted, new Map(), taken)
}

/**
 * The layer name of every node by its id: its own, or one made from its type. Made names are numbered by node id, not by
 * the place in `nodes`, exactly as the server does it: data and losses are bound by these names.
 */
export function layerNames(graph: Pick<Graph, 'nodes'>): Map<string, string> {
  const taken = new Set(givenNames(graph))
  const names = new Map<string, string>()
  const numbers = new Map<string, number>()
  const unnamed = graph.nodes
    .filter((node) => !node.name)
    .sort((one, other) => byNumber.compare(one.id, other.id))
  for (const node of unnamed) names.set(node.id, nextFree(snakeCase(typeName(node.type)), numbers, taken))
  return new Map(graph.nodes.map((node) => [node.id, node.name ?? names.get(node.id) ?? node.type]))
}

const byNumber = new Intl.Collator('en', { numeric: true })

function nextFree(stem: string, numbers: Map<string, number>, taken: ReadonlySet<string>): string {
  for (;;) {
    const number = numbers.get(stem) ?? 0
    numbers.set(stem, number + 1)
    const name = number === 0 ? stem : `${stem}_${number}`
    if (!taken.has(name)) return name
  }
}

export function givenNames(graph: Pick<Graph, 'nodes'>): string[] {
  return graph.nodes.flatMap((node) => (node.name ? [node.name] : []))
}

/** A node type without the name of its family: "ops.add" → "add", "block:residual" → "residual". */
export function typeName(type: string): string {
  const block = /^(?:block|library):(.*)$/.exec(type)
  return block?.[1] ?? type.slice(type.lastIndexOf('.') + 1)
}

/** What a node is called on the screen: its name, or its class where it has none. */
export function title(node: Pick<Node, 'name' | 'type'>): string {
  return node.name ?? typeName(node.type)
}
