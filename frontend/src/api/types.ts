/** The words of the server under their short names. What `graph/` has its own words for is said in those. */

import type { Block, Graph, Recipe } from '../graph/document'
import type { Problem } from '../graph/report'
import type { components } from './types.gen'

type Schemas = components['schemas']

/** A thing as the server says it: every field is there, defaults filled in. */
type Said<T> = T extends unknown ? { [K in keyof T]-?: Exclude<T[K], undefined> } : never

export type RunState = Schemas['StateEvent']['state']

export type RunEvent = Said<
  | Schemas['StateEvent']
  | Schemas['StartedEvent']
  | Schemas['StepEvent']
  | Schemas['EpochEvent']
  | Schemas['CheckpointEvent']
  | Schemas['SnapshotEvent']
  | Schemas['StoppedEarlyEvent']
  | Schemas['EvaluationEvent']
  | Schemas['ProbeEvent']
  | Schemas['FindingEvent']
  | Schemas['LogEvent']
  | Schemas['FailedEvent']
>
export type EventOf<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>

export type LayerSigns = Said<Schemas['LayerSigns']>
export type LayerMoment = Said<Schemas['LayerMoment']>

export type RunSummary = Said<Schemas['RunSummary']>
export type RunDetail = Omit<Said<Schemas['RunDetail']>, 'graph' | 'recipe'> & {
  graph: Graph
  recipe: Recipe
}
export interface RunPage {
  runs: RunSummary[]
  total: number
}

export type Imported = Omit<Said<Schemas['Imported']>, 'graph' | 'recipe' | 'problems'> & {
  graph: Graph
  recipe: Recipe | null
  problems: Problem[]
}

export type Curves = Said<Schemas['Metrics']>['series']
export type Statistics = Said<Schemas['Statistics']>
export type Histogram = Said<Schemas['Histogram']>
export type Column = Said<Schemas['Column']>
export type DatasetInfo = Omit<Said<Schemas['DatasetInfo']>, 'columns'> & { columns: Column[] }
export type ColumnKind = Column['kind']
export type ColumnRole = Column['role']
export type Note = Said<Schemas['Note']>
export type Reading = Said<Schemas['Reading-Output']>
export type FileFormat = Reading['format']
/** How a file is to be read; what is left out is found by looking at it. */
export type Readable = Schemas['Reading-Input']
export type UploadState = Said<Schemas['UploadState']>
export type UploadAnswer = NonNullable<UploadState['answer']>

/** One change of a dataset: all of them together make its next version. */
export type Edit = Schemas['Edits']['edits'][number]

/** One of a family of versions; `edits` say in words what was done to its parent. */
export interface Version {
  id: string
  title: string
  version: number
  parent: string | null
  created_at: number | null
  rows: Record<string, number>
  edits: string[]
}

export type Relations = Said<Schemas['Relations']>
/** How much one column says of the target: `value` from 0 to 1, from -1 for the correlation of two numbers. */
export type Relation = Relations['columns'][number]

/** The rows that are equal to one before them, by split. */
export type Repeats = Schemas['Repeats']
/** A set that is not shipped but can be fetched. */
export type Downloadable = Said<Schemas['Downloadable']>

/** How many rows each split has, and of them how many of each class. */
export type SplitCounts = Partial<Record<SplitName, { rows: number; classes: Record<string, number> | null }>>

/** What a cell holds: a class name, a text, a number, nested lists, or null where it is empty. */
export type Cell = string | number | boolean | null | Cell[]
export type Row = Record<string, Cell>
export interface Rows {
  total: number
  rows: Row[]
}

export interface Example {
  id: string
  title: string
  description: string
  graph: Graph
  recipe: Recipe
}

/** A block to copy into a drawing. */
export interface LibraryBlock {
  name: string
  title: string
  description: string
  block: Block
}

export interface NewRun {
  name?: string
  graph: Graph
  recipe: Recipe
  weights?: string | null
  from_run?: number | null
  from_epoch?: number | null
}

export interface RunChange {
  name?: string
  tags?: string[]
  notes?: string
}

export type Reproduction = Said<Schemas['Reproduction']>
export type ReproductionState = Omit<Said<Schemas['ReproductionState']>, 'result'> & {
  result: Reproduction | null
}

export type RatePoint = Said<Schemas['RatePoint']>
export type RateSweep = Omit<Said<Schemas['RateSweep']>, 'points'> & { points: RatePoint[] }
export interface RateProgress {
  points: RatePoint[]
  steps: number
  sweep: RateSweep | null
}

export type Trial = Omit<Said<Schemas['Trial']>, 'problems'> & { problems: Problem[] }

export type Exportable = Said<Schemas['Exportable']>
export type ModelFile = Said<Schemas['ModelFile']>
export type FormatName = ModelFile['format']
export type UntrainedFormat = Schemas['GraphToExport']['format']

export type LearningRates = Said<Schemas['LearningRates']>
export type LayerList = Said<Schemas['LayerList']>
export type LayerLine = LayerList['layers'][number]
export type Activations = Said<Schemas['Activations']>
export type Augmented = Said<Schemas['Augmented']>
export type NodeActivations = Said<Schemas['NodeActivations']>
export type LayerReport = Said<Schemas['LayerReport']>
export type WeightReport = LayerReport['weights'][number]
export type WeightStatistics = NonNullable<WeightReport['statistics']>
/** Numbers in nested lists, null where one is not finite. */
export type Values = number | null | Values[]
export type WeightValues = Omit<Said<Schemas['WeightValues']>, 'values'> & { values: Values }

export type SplitName = 'train' | 'validation' | 'test'
export type ClassificationReport = Said<Schemas['ClassificationReport']>
export type RegressionReport = Said<Schemas['RegressionReport']>
export type OutputReport = ClassificationReport | RegressionReport | Said<Schemas['OtherReport']>
export type ClassScores = ClassificationReport['scores'][number]
export type RocCurve = ClassificationReport['roc'][number]
export type EvaluationProgress = Schemas['EvaluationProgress']
export type Evaluation = Omit<Said<Schemas['Evaluation']>, 'outputs'> & {
  outputs: Record<string, OutputReport>
}
/** A row behind an evaluation; `true` and `predicted` are class names or numbers. */
export type FoundRow = Omit<Said<Schemas['RowFound']>, 'cells' | 'true' | 'predicted'> & {
  true: string | number[]
  predicted: string | number[]
  cells: Row
}
export interface FoundRows {
  total: number
  split: string
  rows: FoundRow[]
}

export type Epoch = number | 'last' | 'best'

/** Samples by Input node name, each in the units of its dataset column. */
export type Samples = Record<string, Cell[]>
/** By Output node name, one item a sample. */
export type Predictions = Record<string, Cell[]>

export type SourceStyle = Schemas['GraphToWrite']['style']
