import { useQueryClient } from '@tanstack/react-query'
import { CircleAlert, Download as DownloadIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { toast } from 'sonner'
import { useStore } from 'zustand'
import { refreshDatasets } from '../../api/datasetQueries'
import type { Downloadable } from '../../api/types'
import { Badge } from '../../ui/Badge'
import { Button } from '../../ui/Button'
import { formatBytes } from '../../ui/format'
import { WorkProgress } from '../WorkProgress'
import page from '../DataPage.module.css'
import { downloadActions, downloadStore, type Download } from './downloads'
import styles from './NotHereYet.module.css'

/** A set that can be fetched: what it is, how large, whose it is, and how far its fetching is. */
export function DownloadCard({ set }: { set: Downloadable }) {
  const { t } = useTranslation('data')
  const download = useStore(downloadStore, ({ downloads }) => downloads[set.name])
  return (
    <li className={page.card}>
      <h3 className={page.name}>
        <span>{set.title}</span>
        <Badge tone={set.task === 'classification' ? 'accent' : 'neutral'}>{t(`task.${set.task}`)}</Badge>
      </h3>
      <p className={page.about}>{set.description}</p>
      <dl className={styles.facts}>
        <dt>{t('dataset.size')}</dt>
        <dd>{t('download.size', { size: formatBytes(set.size_bytes), host: set.host })}</dd>
        <dt>{t('dataset.licence')}</dt>
        <dd>{set.licence}</dd>
        <dt>{t('dataset.origin')}</dt>
        <dd>{set.origin}</dd>
      </dl>
      <Fetching set={set} download={download} />
    </li>
  )
}

function Fetching({ set, download }: { set: Downloadable; download: Download | undefined }) {
  const { t } = useTranslation('data')
  const begin = useBegin(set)
  if (download?.failure === null) {
    return (
      <WorkProgress
        label={t('download.progress', set)}
        share={download.progress?.done ?? null}
        text={t(download.progress ? `upload.stage.${download.progress.stage}` : 'download.starting')}
        stopLabel={t('download.cancel', set)}
        onStop={() => downloadActions.cancel(set.name)}
      />
    )
  }
  return (
    <>
      {download && (
        <p className={styles.failure} role="alert">
          <CircleAlert aria-hidden="true" />
          <span>{download.failure}</span>
        </p>
      )}
      <Button
        className={styles.action}
        icon={<DownloadIcon aria-hidden="true" />}
        aria-label={t(download ? 'download.againSet' : 'download.fetchSet', set)}
        onClick={begin}
      >
        {t(download ? 'download.again' : 'download.fetch')}
      </Button>
    </>
  )
}

/** Begins to fetch; what came of it is in every list then, and can be opened from wherever the person is by then. */
function useBegin(set: Downloadable): () => void {
  const { t } = useTranslation('data')
  const queries = useQueryClient()
  const navigate = useNavigate()
  return () =>
    downloadActions.begin(set.name, (dataset) => {
      void refreshDatasets(queries)
      const open = { label: t('download.open'), onClick: () => void navigate(`/data/${dataset}`) }
      toast.success(t('download.done', set), { action: open })
    })
}
