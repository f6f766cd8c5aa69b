import { expect, test } from 'vitest'
import { clip, parseClipping, paste } from './clipboard'
import type { Graph } from './document'
import { chain } from './testGraph'

function drawing(): Graph {
  const graph = chain('n1', 'n2', 'n3')
  const nodes = graph.nodes.map((node) => (node.id === 'n2' ? { ...node, name: 'hidden' } : node))
  return { ...graph, nodes, layout: { n1: [0, 0], n2: [100, 10], n3: [200, 0] } }
}

test('a clipping holds the chosen nodes and the wires among them', () => {
  const clipping = clip(drawing(), ['n2', 'n3'])
  expect([clipping.nodes.map(({ id }) => id), clipping.edges]).toEqual([
    ['n2', 'n3'],
    [{ source: 'n2', target: 'n3' }],
  ])
})

test('pasting gives fresh ids, unique names and the asked place', () => {
  const { graph, ids } = paste(drawing(), clip(drawing(), ['n2', 'n3']), [500, 500])
  expect([ids, graph.nodes.slice(3), graph.edges.slice(2), graph.layout.n4, graph.layout.n5]).toEqual([
    ['n4', 'n5'],
    [
      { id: 'n4', type: 'Dense', name: 'hidden_1', config: {} },
      { id: 'n5', type: 'Dense', config: {} },
    ],
    [{ source: 'n4', target: 'n5' }],
    [500, 510],
    [600, 500],
  ])
})

test('a copy shares weights with the copy of what its original shared with', () => {
  const graph = drawing()
  const sharing = {
    ...graph,
    nodes: graph.nodes.map((node) => (node.id === 'n3' ? { ...node, shares: 'n2' } : node)),
  }
  const pasted = [['n2', 'n3'], ['n3']].map(
    (ids) => paste(sharing, clip(sharing, ids), [0, 0]).graph.nodes.at(-1)?.shares,
  )
  expect(pasted).toEqual(['n4', 'n2'])
})

test('a clipping survives the clipboard as text', () => {
  const clipping = clip(drawing(), ['n1'])
  expect(parseClipping(JSON.stringify(clipping))).toEqual(clipping)
})

test.each(['hello', '{}', '[]', 'null', '{"kind":"layerloom/nodes","nodes":[{}],"edges":[],"layout":{}}'])(
  'another text is no clipping: %s',
  (text) => {
    expect(parseClipping(text)).toBe(null)
  },
)
