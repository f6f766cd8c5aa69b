import { RotateCcw } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { toast } from 'sonner'
import { newKey, useCreateRun } from '../api/queries'
import type { RunDetail } from '../api/types'
import { Button } from '../ui/Button'

/** Trains the same drawing by the same settings once more, as a run of its own. */
export function AgainButton({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs')
  const navigate = useNavigate()
  const { mutate, isPending } = useCreateRun()
  const key = useRef(newKey())
  const { name, graph, recipe, from_run, from_epoch } = run
  const again = () =>
    mutate(
      { run: { name, graph, recipe, from_run, from_epoch }, key: key.current },
      {
        onSuccess: ({ id }) => {
          key.current = newKey()
          void navigate(`/runs/${id}`)
        },
        onError: (error) => toast.error(error.message),
      },
    )
  return (
    <Button
      size="small"
      icon={<RotateCcw size={13} aria-hidden="true" />}
      disabled={isPending}
      onClick={again}
    >
      {t('run.again')}
    </Button>
  )
}
