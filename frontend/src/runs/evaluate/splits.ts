/** Which rows a run can be judged on. Pure. */

import type { DatasetInfo, RunDetail, SplitName } from '../../api/types'

type Trained = Pick<RunDetail, 'recipe'>

/** The splits there are; rows are held out of the run's own dataset only. */
export function splitsOf({ recipe }: Trained, dataset: DatasetInfo): SplitName[] {
  const held = dataset.id === recipe.data.dataset && recipe.data.validation_fraction > 0
  return [
    ...(dataset.rows.test === undefined ? [] : (['test'] as const)),
    ...(held ? (['validation'] as const) : []),
    'train',
  ]
}

/** Rows that were not trained on, if there are any. */
export function heldOut(run: Trained, dataset: DatasetInfo): SplitName {
  return splitsOf(run, dataset)[0] ?? 'train'
}

/** Whether a dataset has the columns that the run was trained on, in the same form. */
export function isLike({ recipe }: Trained, own: DatasetInfo, other: DatasetInfo): boolean {
  const { inputs, targets, sample_weight: weight } = recipe.data
  const names = [...Object.values(inputs), ...Object.values(targets), weight ?? []].flat()
  return names.every((name) => {
    const [mine, theirs] = [own, other].map(({ columns }) => columns.find((column) => column.name === name))
    return mine !== undefined && theirs !== undefined && form(mine) === form(theirs)
  })
}

function form({ kind, shape, classes }: DatasetInfo['columns'][number]): string {
  return JSON.stringify([kind, shape, classes])
}
