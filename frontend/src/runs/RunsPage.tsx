import { Activity } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { toast } from 'sonner'
import { useDeleteRun, useRuns } from '../api/queries'
import type { RunSummary } from '../api/types'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { EmptyState } from '../ui/EmptyState'
import { Skeleton } from '../ui/Skeleton'
import { TextField } from '../ui/TextField'
import { CompareCurves } from './CompareCurves'
import { comparedRuns, found, sorted, type Sort } from './runList'
import styles from './RunsPage.module.css'
import { RunTable } from './RunTable'
import { useShownRuns } from './shownRun'
import { useNow } from './useNow'

const MOST_COMPARED = 8

/** Every run there was, and the curves of those that are ticked laid over each other. */
export function RunsPage() {
  const { t } = useTranslation('runs')
  const { data, error } = useRuns()
  const [search, setSearch] = useState('')
  const [sort, setSort] = useState<Sort>({ key: 'id', descending: true })
  const [ticked, setTicked] = useState<readonly number[] | null>(null)
  const [doomed, setDoomed] = useState<RunSummary | null>(null)
  const now = useNow(data?.runs ?? [])
  const runs = useMemo(() => sorted(found(data?.runs ?? [], search), sort, now), [data, search, sort, now])
  const compared = useMemo(() => comparedRuns(data?.runs ?? [], ticked), [data, ticked])
  const tick = (id: number) =>
    setTicked(
      toggledIn(
        compared.map((run) => run.id),
        id,
      ),
    )
  return (
    <main className={styles.page}>
      <div className={styles.list}>
        <header className={styles.head}>
          <h1>{t('page.title')}</h1>
          <div className={styles.search}>
            <TextField
              type="search"
              value={search}
              onChange={setSearch}
              placeholder={t('page.search')}
              aria-label={t('page.search')}
            />
          </div>
        </header>
        {error && !data && <EmptyState title={t('page.failed')} text={error.message} />}
        {!data && !error && <Skeleton lines={8} height={28} />}
        {data?.runs.length === 0 && (
          <EmptyState
            icon={<Activity size={22} />}
            title={t('page.empty')}
            text={t('page.emptyText')}
            action={<Link to="/">{t('page.toBuild')}</Link>}
          />
        )}
        {data && data.runs.length > 0 && (
          <RunTable
            runs={runs}
            sort={sort}
            onSort={setSort}
            now={now}
            ticked={compared.map((run) => run.id)}
            onTick={tick}
            onDelete={setDoomed}
          />
        )}
      </div>
      {data && data.runs.length > 0 && <CompareCurves runs={compared} />}
      <DeleteDialog run={doomed} onClose={() => setDoomed(null)} />
    </main>
  )
}

function toggledIn(ids: readonly number[], id: number): number[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id].slice(-MOST_COMPARED)
}

function DeleteDialog({ run, onClose }: { run: RunSummary | null; onClose: () => void }) {
  const { t } = useTranslation('runs')
  const { mutate } = useDeleteRun()
  const forget = useShownRuns((shown) => shown.forget)
  const remove = () => {
    if (run === null) return
    mutate(run.id, { onSuccess: () => forget(run.id), onError: (error) => toast.error(error.message) })
  }
  return (
    <ConfirmDialog
      open={run !== null}
      title={t('delete.title', { name: run?.name })}
      description={t('delete.text')}
      action={t('delete.action')}
      danger
      onConfirm={remove}
      onClose={onClose}
    />
  )
}
