import { useTranslation } from 'react-i18next'
import type { DatasetInfo } from '../api/types'
import { ProblemNote } from '../editor/ProblemNote'
import type { Problem } from '../graph/report'
import { columnsNamed, fits, formatSample, joinedShape, toggled, type End } from './binding'
import { ColumnChips } from './ColumnChips'
import styles from './DataPanel.module.css'
import { ShapeMatch } from './ShapeMatch'

interface InputBindingProps {
  end: End
  dataset: DatasetInfo
  bound: string[]
  problems: readonly Problem[]
  onChange: (columns: string[]) => void
}

/** Which columns one Input is fed with, and whether together they have the shape that it takes. */
export function InputBinding({ end, dataset, bound, problems, onChange }: InputBindingProps) {
  const { t } = useTranslation('data')
  const columns = columnsNamed(dataset.columns, bound)
  const shape = joinedShape(columns)
  const wrong = problems.filter(({ recipe }) => recipe?.[1] === 'inputs' && recipe[2] === end.name)
  return (
    <div className={styles.end} role="group" aria-label={t('panel.input', { name: end.name })}>
      <div className={styles.endHead}>
        <b>{end.name}</b>
        <ShapeMatch
          given={shape && formatSample(shape)}
          wanted={end.shape && formatSample(end.shape)}
          isFitting={shape !== null && end.shape !== null && fits(shape, end.shape)}
        />
      </div>
      <ColumnChips
        columns={dataset.columns}
        bound={bound}
        onToggle={(name) => onChange(toggled(dataset.columns, bound, name))}
      />
      {wrong.map((problem, index) => (
        <ProblemNote key={index} problem={problem} />
      ))}
    </div>
  )
}
