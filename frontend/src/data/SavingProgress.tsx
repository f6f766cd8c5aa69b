import { useTranslation } from 'react-i18next'
import { WorkProgress } from './WorkProgress'

interface SavingProgressProps {
  /** From 0 to 1; null while that is not known. */
  share: number | null
  onStop: () => void
}

/** A version that is being made: how far it is, and the way to give it up. */
export function SavingProgress({ share, onStop }: SavingProgressProps) {
  const { t } = useTranslation('data')
  return (
    <WorkProgress
      label={t('edits.progress')}
      text={t('edits.saving')}
      share={share}
      stopLabel={t('edits.stop')}
      onStop={onStop}
    />
  )
}
