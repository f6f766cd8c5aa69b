import { expect, it } from 'vitest'
import { comparable, comparison, overlaid } from './compare'

const short = { label: '#1', curves: { loss: { x: [0.5, 1], y: [3, 2] }, val_loss: { x: [1], y: [2] } } }
const long = { label: '#2', curves: { loss: { x: [1, 2], y: [4, null] } } }

it('lays runs of different length on one axis', () => {
  expect(overlaid([short, long], 'loss')).toEqual({
    x: [0.5, 1, 2],
    lines: [
      { label: '#1', hue: 0, dashed: false, cells: [3, 2, undefined] },
      { label: '#2', hue: 1, dashed: false, cells: [undefined, 4, null] },
    ],
  })
})

it('keeps the hue of a run though another one did not measure the metric', () => {
  expect(overlaid([long, short], 'val_loss').lines.map(({ label, hue }) => [label, hue])).toEqual([['#1', 1]])
})

it('offers what any of the runs measured', () => {
  expect(comparable([short.curves, { ...long.curves, learning_rate: { x: [], y: [] } }])).toEqual([
    'val_loss',
    'loss',
  ])
})

it('compares by what was chosen, else by what all runs measured', () => {
  const metric = (chosen: string | null, wished: string | null) =>
    comparison([short, long], chosen, wished).metric
  expect([
    metric('val_loss', 'loss'),
    metric(null, 'val_loss'),
    metric('auc', null),
    comparison([], 'loss', null).metric,
  ]).toEqual(['val_loss', 'loss', 'loss', null])
})
