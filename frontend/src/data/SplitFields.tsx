import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetInfo } from '../api/types'
import type { Recipe } from '../graph/document'
import { draftActions } from '../graph/useDraft'
import { Field } from '../ui/Field'
import { formatNumber, formatPercent } from '../ui/format'
import { Select } from '../ui/Select'
import styles from './DataPanel.module.css'

const LARGEST_PERCENT = 50
const MISSING = ['refuse', 'drop', 'keep'] as const

/** How many of the training rows are held out to judge by, and what happens to rows with empty cells. */
export function SplitFields({ recipe, dataset }: { recipe: Recipe; dataset: DatasetInfo }) {
  const { t } = useTranslation('data')
  const slider = useId()
  const empty = useId()
  const { validation_fraction: fraction, missing } = recipe.data
  const rows = dataset.rows.train ?? 0
  const heldOut = Math.round(rows * fraction)
  return (
    <>
      <div className={styles.slider}>
        <label htmlFor={slider}>{t('panel.validation')}</label>
        <output htmlFor={slider}>
          {formatPercent(fraction, 0)} · {formatNumber(heldOut)}
        </output>
        <input
          id={slider}
          type="range"
          min={0}
          max={LARGEST_PERCENT}
          value={Math.round(fraction * 100)}
          aria-valuetext={formatPercent(fraction, 0)}
          onChange={(event) =>
            draftActions.setRecipe(['data', 'validation_fraction'], event.target.valueAsNumber / 100)
          }
        />
      </div>
      {dataset.columns.some((column) => column.missing > 0) && (
        <Field id={empty} label={t('panel.missing')}>
          <Select
            id={empty}
            value={missing}
            options={MISSING.map((value) => ({ value, label: t(`panel.missingAs.${value}`) }))}
            onChange={(value) => draftActions.setRecipe(['data', 'missing'], value)}
          />
        </Field>
      )}
    </>
  )
}
