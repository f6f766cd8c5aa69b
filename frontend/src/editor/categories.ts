import type { NodeEntry } from '../graph/catalog'

/** One group of the palette: its key names the texts and the colour. */
export type Category = (typeof ORDER)[number]

const ORDER = [
  'own',
  'library',
  'io',
  'core',
  'conv',
  'pool',
  'reg',
  'norm',
  'rnn',
  'attention',
  'shape',
  'merge',
  'prep',
  'image',
  'activation',
  'custom',
  'ops',
  'app',
  'other',
] as const

/** The words by which a category of the catalog is recognised, most telling first. */
const WORDS: readonly (readonly [string, Category])[] = [
  ['block', 'own'],
  ['library', 'library'],
  ['io', 'io'],
  ['input', 'io'],
  ['conv', 'conv'],
  ['pool', 'pool'],
  ['image', 'image'],
  ['preprocess', 'prep'],
  ['normal', 'norm'],
  ['regular', 'reg'],
  ['rnn', 'rnn'],
  ['recurrent', 'rnn'],
  ['attention', 'attention'],
  ['reshap', 'shape'],
  ['merg', 'merge'],
  ['activation', 'activation'],
  ['core', 'core'],
  ['custom', 'custom'],
]

export function categoryOf(entry: Pick<NodeEntry, 'category' | 'type'> | undefined): Category {
  if (!entry) return 'other'
  if (entry.type.startsWith('ops.')) return 'ops'
  if (entry.type.startsWith('applications.')) return 'app'
  if (entry.type === 'Input' || entry.type === 'Output') return 'io'
  const words = entry.category.toLowerCase()
  return WORDS.find(([word]) => (word === 'io' ? words === 'io' : words.includes(word)))?.[1] ?? 'other'
}

export function categoryColor(category: Category): string {
  return `var(--cat-${category === 'own' || category === 'library' ? 'block' : category})`
}

/** The entries by category, in the order of the palette; within one in the order of the catalog. */
export function grouped(entries: Iterable<NodeEntry>): [Category, NodeEntry[]][] {
  const groups = new Map<Category, NodeEntry[]>(ORDER.map((category) => [category, []]))
  for (const entry of entries) groups.get(groupOf(entry))?.push(entry)
  return [...groups].filter(([, members]) => members.length > 0)
}

/** Input and Output have a colour of their own but stand among the core layers. */
function groupOf(entry: NodeEntry): Category {
  const category = categoryOf(entry)
  return category === 'io' ? 'core' : category
}
