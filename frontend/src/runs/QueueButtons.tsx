import { ArrowDown, ArrowUp, ArrowUpToLine } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { useMoveRun } from '../api/queries'
import type { RunSummary } from '../api/types'
import { IconButton } from '../ui/IconButton'

interface QueueButtonsProps {
  run: Pick<RunSummary, 'id' | 'name' | 'position'>
  /** How many runs wait. */
  waiting: number
}

/** Moves a run in the queue; nothing for one that does not wait, or waits alone. */
export function QueueButtons({ run, waiting }: QueueButtonsProps) {
  const { t } = useTranslation('runs')
  const move = useMoveRun()
  const { position, name } = run
  if (position === null || waiting < 2) return null
  const to = (argument: number) => () =>
    move.mutate({ run: run.id, argument }, { onError: (error) => toast.error(error.message) })
  const isFirst = position === 1 || move.isPending
  const isLast = position === waiting || move.isPending
  return (
    <>
      <IconButton label={t('queue.first', { name })} disabled={isFirst} onClick={to(1)}>
        <ArrowUpToLine size={14} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('queue.up', { name })} disabled={isFirst} onClick={to(position - 1)}>
        <ArrowUp size={14} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('queue.down', { name })} disabled={isLast} onClick={to(position + 1)}>
        <ArrowDown size={14} aria-hidden="true" />
      </IconButton>
    </>
  )
}
