import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column, Row } from '../../api/types'
import { Answers } from './Answers'
import { CellField } from './CellField'
import { samplesOf } from './feeds'
import { SampleSteps } from './SampleSteps'
import styles from './TryPanel.module.css'
import type { TryProps } from './TryPicture'
import { usePrediction } from './usePrediction'
import { useSample } from './useSample'

interface Edits {
  /** The row that was edited: another one starts unedited. */
  index: number
  cells: Row
}

/** Try a model that takes columns: a form filled from a row of the dataset, to be changed at will. */
export function TryRow({ run, epoch, dataset, feeds }: TryProps) {
  const { t } = useTranslation('runs')
  const sample = useSample(dataset.id, feeds.split, feeds.rows)
  const [edits, setEdits] = useState<Edits>({ index: sample.index, cells: {} })
  const edited = edits.index === sample.index ? edits.cells : NO_EDITS
  const row = sample.row
  const cells = useMemo(() => (row ? { ...row, ...edited } : undefined), [row, edited])
  const inputs = useMemo(() => (cells ? samplesOf(feeds.inputs, cells) : null), [cells, feeds.inputs])
  const prediction = usePrediction(run.id, epoch, inputs)
  const columns = uniqueColumns(feeds.inputs.flatMap((feed) => feed.columns))
  const isEdited = Object.keys(edited).length > 0
  return (
    <section className={styles.panel} aria-label={t('try.title')}>
      <div className={styles.rowHead}>
        <h2 className={styles.heading}>{t('try.title')}</h2>
        <SampleSteps sample={sample} split={feeds.split} />
      </div>
      <Answers
        feeds={feeds}
        outputs={run.recipe.compile.outputs}
        row={isEdited ? undefined : row}
        said={inputs === null ? undefined : prediction.data}
        error={prediction.error}
        hint={t(cells && inputs === null ? 'try.fillIn' : 'try.loading')}
      />
      <div className={styles.form}>
        {columns.map((column) => (
          <CellField
            key={column.name}
            column={column}
            cell={cells?.[column.name] ?? null}
            onChange={(cell) => setEdits({ index: sample.index, cells: { ...edited, [column.name]: cell } })}
          />
        ))}
      </div>
    </section>
  )
}

const NO_EDITS: Row = {}

function uniqueColumns(columns: readonly Column[]): Column[] {
  return [...new Map(columns.map((column) => [column.name, column])).values()]
}
