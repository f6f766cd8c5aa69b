import { FileSpreadsheet } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { usePredictFile } from '../../api/modelQueries'
import { useDataset } from '../../api/datasetQueries'
import type { RunDetail } from '../../api/types'
import { columnsNamed } from '../../data/binding'
import { Button } from '../../ui/Button'
import { FileButton } from '../../ui/FileButton'
import { fileName, saveBlob } from '../../ui/saveBlob'
import styles from './TryPanel.module.css'

const KINDS = '.csv,.tsv,.npz,.zip,.png,.jpg,.jpeg'

/** A file of rows to be answered; the answers are saved as a CSV file. */
export function PredictFile({ run, epoch }: { run: RunDetail; epoch: number }) {
  const { t } = useTranslation('runs')
  const { mutate, isPending, error, cancel } = usePredictFile(run.id, epoch)
  const ask = (file: File) =>
    mutate(file, {
      onSuccess: (answers) =>
        saveBlob(answers, fileName(`${file.name.replace(/\.\w+$/, '')} ${t('file.answers')}`, '.csv')),
    })
  const columns = Object.values(run.recipe.data.inputs).flat()
  const { data: dataset } = useDataset(run.dataset)
  const inCells = columnsNamed(dataset?.columns ?? [], columns).every(({ shape }) => shape.length === 0)
  return (
    <section className={styles.file} aria-label={t('file.title')}>
      <h3>{t('file.title')}</h3>
      <p className={styles.title}>
        {t(inCells ? 'file.table' : 'file.arrays', { columns: listed(columns) })}
      </p>
      <div className={styles.fileRow}>
        <FileButton
          accept={KINDS}
          onFile={ask}
          disabled={isPending}
          icon={<FileSpreadsheet size={14} aria-hidden="true" />}
        >
          {t(isPending ? 'file.working' : 'file.choose')}
        </FileButton>
        {isPending && (
          <Button size="small" look="quiet" onClick={cancel}>
            {t('file.cancel')}
          </Button>
        )}
      </div>
      {error && (
        <p className={styles.error} role="alert">
          {error.message}
        </p>
      )}
    </section>
  )
}

const MOST_LISTED = 6

function listed(names: readonly string[]): string {
  const more = names.length > MOST_LISTED ? `, … (${names.length})` : ''
  return names.slice(0, MOST_LISTED).join(', ') + more
}
