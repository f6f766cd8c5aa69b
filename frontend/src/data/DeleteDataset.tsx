import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useDeleteDataset } from '../api/datasetQueries'
import type { DatasetInfo } from '../api/types'
import { Button } from '../ui/Button'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { Dialog } from '../ui/Dialog'

/** Asks, then deletes; where runs were trained on it, says which. */
export function DeleteDataset({ dataset }: { dataset: DatasetInfo }) {
  const { t } = useTranslation('data')
  const navigate = useNavigate()
  const [isAsking, setIsAsking] = useState(false)
  const { mutate, isPending, error, reset } = useDeleteDataset()
  const { id, title, version } = dataset
  const toRuns = <Button onClick={() => void navigate('/runs')}>{t('delete.runs')}</Button>
  return (
    <>
      <Button
        look="danger"
        icon={<Trash2 aria-hidden="true" />}
        disabled={isPending}
        onClick={() => setIsAsking(true)}
      >
        {t('delete.action')}
      </Button>
      <ConfirmDialog
        open={isAsking}
        danger
        title={t('delete.title')}
        description={t('delete.text', { title, version })}
        action={t('delete.action')}
        onConfirm={() => mutate(id, { onSuccess: () => void navigate('/data') })}
        onClose={() => setIsAsking(false)}
      />
      <Dialog
        open={error !== null}
        title={t('delete.used')}
        description={error?.message}
        actions={toRuns}
        onClose={reset}
      />
    </>
  )
}
