import { useTranslation } from 'react-i18next'
import { useDatasets } from '../../api/datasetQueries'
import type { DatasetInfo, RunDetail, SplitName } from '../../api/types'
import { Select } from '../../ui/Select'
import styles from './Evaluate.module.css'
import { isLike, splitsOf } from './splits'

interface DataSelectsProps {
  run: RunDetail
  dataset: DatasetInfo
  split: SplitName
  onDataset: (dataset: DatasetInfo) => void
  onSplit: (split: SplitName) => void
}

/** Which rows are judged: a split, and of which dataset where another one has the same columns. */
export function DataSelects({ run, dataset, split, onDataset, onSplit }: DataSelectsProps) {
  const { t } = useTranslation('evaluate')
  const { data: all = [] } = useDatasets()
  const own = all.find(({ id }) => id === run.dataset)
  const alike = own ? all.filter((other) => isLike(run, own, other)) : []
  const choose = (id: string) => {
    const next = alike.find((other) => other.id === id)
    if (next) onDataset(next)
  }
  return (
    <>
      {alike.length > 1 && (
        <div className={styles.choice}>
          <Select
            aria-label={t('dataset')}
            value={dataset.id}
            options={alike.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={choose}
          />
        </div>
      )}
      <div className={styles.choice}>
        <Select
          aria-label={t('split')}
          value={split}
          options={splitsOf(run, dataset).map((one) => ({ value: one, label: t(`splits.${one}`) }))}
          onChange={onSplit}
        />
      </div>
    </>
  )
}
