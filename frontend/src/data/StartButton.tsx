import { Sparkles } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonProps } from '../ui/Button'
import { useStartFrom, type OpenProject } from './useStartFrom'

interface StartButtonProps extends Pick<ButtonProps, 'look' | 'size'> {
  dataset: string
  onOpen: OpenProject
  onStarted?: () => void
}

/** Opens a new drawing that fits the dataset, ready to train. */
export function StartButton({ dataset, onOpen, onStarted, ...look }: StartButtonProps) {
  const { t } = useTranslation('data')
  const { start, isPending } = useStartFrom(onOpen)
  return (
    <Button
      {...look}
      icon={<Sparkles aria-hidden="true" />}
      disabled={isPending}
      onClick={() => void start(dataset).then((done) => done && onStarted?.())}
    >
      {t('start.action')}
    </Button>
  )
}
