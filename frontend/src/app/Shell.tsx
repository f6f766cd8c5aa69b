import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { toast, Toaster } from 'sonner'
import { useStore } from 'zustand'
import { UploadTray } from '../data/upload/UploadTray'
import { useCheck } from '../editor/useCheck'
import { draftStore } from '../graph/draft'
import { useTrial } from '../training/useTrial'
import { keepDrafts, openDraft, openProject } from './drafts'
import { FileDrop } from './FileDrop'
import { Nav } from './Nav'
import { PageSkeleton } from './PageSkeleton'
import styles from './Shell.module.css'
import { followSystem, themeStore } from './theme'
import { TopBar } from './TopBar'
import { useFirstProject } from './useFirstProject'

/** Messages stand below the bar: at the bottom they would cover the drawer, which many of them are about. */
const TOASTS = { top: 56 } as const

/** What stands around every page: the bar above, the ways to go on the left, messages. */
export function Shell() {
  const shown = useStore(themeStore, (state) => state.shown)
  const ready = useFirstProject()
  useEffect(followSystem, [])
  useKeptDrafts(ready)
  useCheck()
  useTrial()
  return (
    <div className={styles.shell}>
      <TopBar />
      <Nav />
      <div className={styles.page}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </div>
      <UploadTray onOpen={openProject} />
      <FileDrop />
      <Toaster theme={shown} position="top-center" offset={TOASTS} mobileOffset={TOASTS} closeButton />
    </div>
  )
}

/** Keeps the draft in this browser, and says when another tab has changed the same one. */
function useKeptDrafts(ready: boolean): void {
  const { t } = useTranslation('app')
  useEffect(() => {
    if (!ready) return undefined
    const load = { label: t('drafts.load'), onClick: () => openDraft(draftStore.getState().id) }
    return keepDrafts(
      () => toast.warning(t('drafts.elsewhere'), { id: 'elsewhere', action: load, duration: Infinity }),
      () => toast.error(t('drafts.full'), { id: 'full' }),
    )
  }, [ready, t])
}
