import { useTranslation } from 'react-i18next'
import { useDatasets } from '../api/datasetQueries'
import { formatNumber } from '../ui/format'
import { Select } from '../ui/Select'
import { useChooseDataset } from './useChooseDataset'

/** The dataset that the drawing is trained on. Another one brings sensible choices for everything else. */
export function DatasetSelect({ value }: { value: string | null }) {
  const { t } = useTranslation('data')
  const { data: datasets } = useDatasets()
  const { choose, isPending } = useChooseDataset()
  return (
    <Select
      aria-label={t('choose.label')}
      value={value}
      placeholder={t('choose.placeholder')}
      disabled={isPending || datasets === undefined}
      options={(datasets ?? []).map(({ id, title, rows }) => ({
        value: id,
        label: title,
        hint: t('card.rows', { rows: formatNumber(rows.train) }),
      }))}
      onChange={(id) => void choose(id)}
    />
  )
}
