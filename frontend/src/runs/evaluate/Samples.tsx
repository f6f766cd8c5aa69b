import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EvaluationQuestion, FoundQuestion } from '../../api/models'
import { useFoundRows } from '../../api/evaluationQueries'
import type { Column } from '../../api/types'
import { formatNumber } from '../../ui/format'
import { IconButton } from '../../ui/IconButton'
import { Segments } from '../../ui/Segments'
import { Skeleton } from '../../ui/Skeleton'
import { Correcting } from './Correcting'
import { toggled, type Corrections } from './corrections'
import type { Pair } from './ConfusionMatrix'
import styles from './Evaluate.module.css'
import { FoundPictures, FoundTable, type Picking } from './Found'

export type Which = 'loss' | 'confident' | 'error' | 'cell'

/** Where samples come from: an evaluation, one of its outputs, and the columns that show what a row is. */
export interface Source {
  question: EvaluationQuestion
  output: string
  columns: readonly Column[]
  /** The column that holds what is true. */
  target: Column | undefined
  /** Opens the run's drawing to be trained on another dataset. */
  onTrainOn: (dataset: string) => void
}

/** Rows of one source have numbers of their own: what was said of them ends with it. */
export function rowsOf({ question }: Source): string {
  return JSON.stringify([question.dataset, question.split])
}

interface SamplesProps {
  source: Source
  which: Which
  /** The cell of the matrix that was chosen, if one was. */
  pair: Pair | null
  kinds: readonly Which[]
  onWhich?: (which: Which) => void
}

const PICTURES = 24
const ROWS = 12

/** Rows that the model was judged on, with what it said: the worst ones, or those of a cell of the matrix. */
export function Samples({ source, which, pair, kinds, onWhich }: SamplesProps) {
  const { t } = useTranslation('evaluate')
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set())
  const [corrections, setCorrections] = useState<Corrections>(new Map())
  const picking = { picked, corrections, onPick: (row: number) => setPicked(toggled(picked, row)) }
  const options = [
    ...kinds.map((kind) => ({ value: kind, label: t(`samples.${kind}`) })),
    ...(pair ? [{ value: 'cell' as const, label: t('samples.cell', { ...pair }) }] : []),
  ]
  return (
    <section className={styles.part} aria-label={t('samples.title')}>
      <h3>{options.length > 1 ? t('samples.title') : t(`samples.${which}`)}</h3>
      {options.length > 1 && onWhich && (
        <Segments label={t('samples.which')} value={which} options={options} onChange={onWhich} />
      )}
      <Page
        key={JSON.stringify([source.question, which, pair])}
        source={source}
        asked={askedFor(which, pair)}
        picking={picking}
      />
      <Correcting
        source={source}
        picked={picked}
        corrections={corrections}
        onPicked={setPicked}
        onCorrections={setCorrections}
      />
    </section>
  )
}

type Asked = Pick<FoundQuestion, 'order' | 'mistakes' | 'true' | 'predicted'>

function askedFor(which: Which, pair: Pair | null): Asked {
  if (which === 'confident') return { order: 'confident', mistakes: true }
  if (which === 'cell' && pair) return { order: 'confident', true: pair.true, predicted: pair.said }
  return { order: 'loss' }
}

/** A part of the rows, and the way to the next. */
function Page({ source, asked, picking }: { source: Source; asked: Asked; picking: Picking }) {
  const { t } = useTranslation('evaluate')
  const [offset, setOffset] = useState(0)
  const image = source.columns.find((column) => column.kind === 'image')
  const limit = image ? PICTURES : ROWS
  const question = { ...source.question, output: source.output, ...asked, offset, limit }
  const { data, error, isPlaceholderData } = useFoundRows(question)
  if (error)
    return (
      <p className={styles.note} role="alert" data-wrong="true">
        {error.message}
      </p>
    )
  if (!data) return <Skeleton lines={5} height={22} />
  if (data.total === 0) return <p className={styles.note}>{t('samples.none')}</p>
  return (
    <div className={styles.found} aria-busy={isPlaceholderData}>
      {image ? (
        <FoundPictures rows={data.rows} image={image} picking={picking} />
      ) : (
        <FoundTable rows={data.rows} columns={source.columns} picking={picking} />
      )}
      <Steps offset={offset} limit={limit} total={data.total} onOffset={setOffset} />
    </div>
  )
}

interface StepsProps {
  offset: number
  limit: number
  total: number
  onOffset: (offset: number) => void
}

function Steps({ offset, limit, total, onOffset }: StepsProps) {
  const { t } = useTranslation('evaluate')
  const last = Math.min(offset + limit, total)
  return (
    <div className={styles.steps}>
      <span className={styles.note} aria-live="polite">
        {t('samples.place', {
          first: formatNumber(offset + 1),
          last: formatNumber(last),
          total: formatNumber(total),
        })}
      </span>
      <IconButton
        label={t('samples.previous')}
        disabled={offset === 0}
        onClick={() => onOffset(Math.max(0, offset - limit))}
      >
        <ChevronLeft size={15} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('samples.next')} disabled={last >= total} onClick={() => onOffset(offset + limit)}>
        <ChevronRight size={15} aria-hidden="true" />
      </IconButton>
    </div>
  )
}
