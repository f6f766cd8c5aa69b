import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select'

interface EpochSelectProps {
  epochs: readonly number[]
  best: number | null
  value: number
  onChange: (epoch: number) => void
}

/** Which checkpoint is meant, the newest first; the best one is marked. */
export function EpochSelect({ epochs, best, value, onChange }: EpochSelectProps) {
  const { t } = useTranslation('runs')
  const options = epochs.toReversed().map((epoch) => ({
    value: String(epoch),
    label: t('checkpoints.epoch', { epoch }),
    ...(epoch === best && { hint: t('checkpoints.best') }),
  }))
  return (
    <Select
      aria-label={t('inside.epoch')}
      value={String(value)}
      options={options}
      onChange={(text) => onChange(Number(text))}
    />
  )
}
