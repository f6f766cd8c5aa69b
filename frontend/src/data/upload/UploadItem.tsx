import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useDataset } from '../../api/datasetQueries'
import { Button } from '../../ui/Button'
import { formatBytes, formatNumber } from '../../ui/format'
import { IconButton } from '../../ui/IconButton'
import { NoteList } from '../NoteList'
import { ProgressBar } from '../ProgressBar'
import type { OpenProject } from '../useStartFrom'
import { uploadActions, type Upload } from './uploads'
import { UploadChoices } from './UploadChoices'
import styles from './UploadTray.module.css'

/** One file on its way: how far it is, what is wrong with it, what can be done with what came of it. */
export function UploadItem({ upload, onOpen }: { upload: Upload; onOpen: OpenProject }) {
  const { t } = useTranslation('data')
  const { key, file, phase } = upload
  const isAtWork = phase === 'sending' || phase === 'reading'
  return (
    <li className={styles.item} data-phase={phase}>
      <div className={styles.head}>
        {phase === 'done' && <CircleCheck className={styles.good} aria-hidden="true" />}
        {phase === 'failed' && <CircleAlert className={styles.bad} aria-hidden="true" />}
        <span className={styles.name} title={file.name}>
          {file.name}
        </span>
        <IconButton
          label={t(isAtWork ? 'upload.cancel' : 'upload.dismiss', { file: file.name })}
          onClick={() => uploadActions.remove(key)}
        >
          <X aria-hidden="true" />
        </IconButton>
      </div>
      {isAtWork && <Progress upload={upload} />}
      {phase === 'done' && <Done upload={upload} onOpen={onOpen} />}
      {phase === 'failed' && <Failed upload={upload} />}
    </li>
  )
}

/** Bytes while it is sent; then the stage of its reading and how much of that is done. */
function Progress({ upload: { file, phase, sent, progress } }: { upload: Upload }) {
  const { t } = useTranslation('data')
  const isSending = phase === 'sending'
  const share = isSending ? (file.size === 0 ? 1 : sent / file.size) : progress?.done
  const text = isSending
    ? t('upload.sent', { sent: formatBytes(sent), size: formatBytes(file.size) })
    : t(progress ? `upload.stage.${progress.stage}` : 'upload.waiting')
  return <ProgressBar label={t('upload.progress', { file: file.name })} text={text} share={share ?? null} />
}

function Done({ upload, onOpen }: { upload: Upload; onOpen: OpenProject }) {
  const { t } = useTranslation('data')
  const { data: dataset } = useDataset(upload.dataset ?? undefined)
  if (!dataset) return null
  const rows = Object.values(dataset.rows).reduce((sum, count) => sum + count, 0)
  return (
    <>
      <p className={styles.facts}>
        <span>
          {t('card.rows', { rows: formatNumber(rows) })} ·{' '}
          {t('card.columns', { columns: formatNumber(dataset.columns.length) })}
        </span>
        {dataset.notes.length > 0 && <span>{t('notes.count', { count: dataset.notes.length })}</span>}
      </p>
      <UploadChoices upload={upload} dataset={dataset.id} onOpen={onOpen} />
    </>
  )
}

function Failed({ upload: { key, failure } }: { upload: Upload }) {
  const { t } = useTranslation('data')
  if (!failure) return null
  // What is at fault is named, so there may be more that is not.
  const hasGood = failure.notes.length > 0
  return (
    <>
      <p className={styles.message}>{failure.code === 'changed' ? t('upload.changed') : failure.message}</p>
      <NoteList notes={failure.notes} most={3} />
      {(failure.canGoOn || hasGood) && (
        <div className={styles.actions}>
          {failure.canGoOn && (
            <Button size="small" onClick={() => uploadActions.goOn(key)}>
              {t('upload.goOn')}
            </Button>
          )}
          {hasGood && (
            <Button size="small" onClick={() => uploadActions.keepGood(key)}>
              {t('upload.keepGood')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}
