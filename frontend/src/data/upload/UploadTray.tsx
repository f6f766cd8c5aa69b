import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useStore } from 'zustand'
import { refreshDatasets } from '../../api/datasetQueries'
import { draftStore } from '../../graph/useDraft'
import { useStartFrom, type OpenProject } from '../useStartFrom'
import { UploadItem } from './UploadItem'
import { isSending, uploadActions, uploadStore, type Upload } from './uploads'
import styles from './UploadTray.module.css'

/** The files that are being added, over whatever page is shown. */
export function UploadTray({ onOpen }: { onOpen: OpenProject }) {
  const { t } = useTranslation('data')
  const uploads = useStore(uploadStore, (state) => state.uploads)
  useEffect(warnBeforeLeaving, [])
  useArrivals(onOpen)
  if (uploads.length === 0) return null
  return (
    <aside className={styles.tray} aria-label={t('upload.label')}>
      <ul>
        {uploads.map((upload) => (
          <UploadItem key={upload.key} upload={upload} onOpen={onOpen} />
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {uploads.map(({ file, phase }) => t(`upload.said.${phase}`, { file: file.name })).join(' ')}
      </p>
    </aside>
  )
}

/**
 * A dataset that has come in is in every list from then on. One that was dropped on an empty drawing is what to draw
 * for; a single one on the list of datasets is opened.
 */
function useArrivals(onOpen: OpenProject): void {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const { start } = useStartFrom(onOpen)
  useEffect(() => {
    const arrive = async (upload: Upload) => {
      await refreshDatasets(queries)
      if (upload.dataset === null) return
      const isAlone = uploadStore.getState().uploads.length === 1
      const isEmpty = draftStore.getState().graph.nodes.length === 0
      if (upload.place === 'drawing' && isEmpty) {
        if (await start(upload.dataset)) uploadActions.remove(upload.key)
      } else if (upload.place === 'page' && isAlone && pathname === '/data') {
        uploadActions.remove(upload.key)
        await navigate(`/data/${upload.dataset}`)
      }
    }
    return uploadStore.subscribe(({ uploads }, before) => {
      const isNew = ({ key }: Upload) => before.uploads.find((one) => one.key === key)?.phase !== 'done'
      for (const upload of uploads) if (upload.phase === 'done' && isNew(upload)) void arrive(upload)
    })
  }, [queries, navigate, pathname, start])
}

function warnBeforeLeaving(): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (isSending()) event.preventDefault()
  }
  window.addEventListener('beforeunload', ask)
  return () => window.removeEventListener('beforeunload', ask)
}
