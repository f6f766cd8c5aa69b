import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isEnded } from '../api/streamCursor'
import type { RunSummary } from '../api/types'
import { formatDuration, formatMetric } from '../ui/format'
import { IconButton } from '../ui/IconButton'
import { spoken } from './metricNames'
import { QueueButtons } from './QueueButtons'
import { bestMetric, duration, firstSort, formatStart, type Sort, type SortKey } from './runList'
import styles from './RunsPage.module.css'
import { StateMark } from './StateMark'

interface RunTableProps {
  runs: readonly RunSummary[]
  sort: Sort
  onSort: (sort: Sort) => void
  now: number
  /** Ids of the runs whose curves are shown, in the order of their hues. */
  ticked: readonly number[]
  onTick: (id: number) => void
  onDelete: (run: RunSummary) => void
}

const COLUMNS: readonly SortKey[] = [
  'id',
  'state',
  'name',
  'dataset',
  'metric',
  'epochs',
  'duration',
  'started',
]

/** Runs line by line. A heading sorts, a tick lays the curves beside the others. */
export function RunTable({ runs, sort, onSort, ...rest }: RunTableProps) {
  const { t } = useTranslation('runs')
  const sortBy = (key: SortKey) =>
    onSort(key === sort.key ? { key, descending: !sort.descending } : firstSort(key, runs))
  const waiting = runs.filter(({ position }) => position !== null).length
  return (
    <div className={styles.frame} role="region" aria-label={t('page.title')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('table.compare')}</span>
            </th>
            {COLUMNS.map((key) => (
              <th
                key={key}
                scope="col"
                data-key={key}
                aria-sort={key === sort.key ? (sort.descending ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" onClick={() => sortBy(key)}>
                  {t(`table.${key}`)}
                  {key === sort.key &&
                    (sort.descending ? (
                      <ArrowDown size={12} aria-hidden="true" />
                    ) : (
                      <ArrowUp size={12} aria-hidden="true" />
                    ))}
                </button>
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('table.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Line key={run.id} run={run} waiting={waiting} {...rest} />
          ))}
        </tbody>
      </table>
      {runs.length === 0 && <p className={styles.none}>{t('table.none')}</p>}
    </div>
  )
}

function Line({
  run,
  now,
  ticked,
  onTick,
  onDelete,
  waiting,
}: { run: RunSummary; waiting: number } & Omit<RunTableProps, 'runs' | 'sort' | 'onSort'>) {
  const { t } = useTranslation('runs')
  const best = bestMetric(run)
  const hue = ticked.indexOf(run.id)
  return (
    <tr data-ticked={hue >= 0}>
      <td>
        <input
          type="checkbox"
          checked={hue >= 0}
          aria-label={t('table.compareRun', { name: run.name })}
          onChange={() => onTick(run.id)}
        />
      </td>
      <td>{run.id}</td>
      <td>
        <StateMark state={run.state} />
        {run.position !== null && (
          <span className={styles.position} title={t('queue.position', { position: run.position })}>
            {run.position}
          </span>
        )}
      </td>
      <td className={styles.name}>
        <Link to={`/runs/${run.id}`}>{run.name}</Link>
        {run.tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            {tag}
          </span>
        ))}
      </td>
      <td className={styles.dataset} title={run.dataset}>
        {run.dataset}
      </td>
      <td data-key="metric">
        {best && (
          <>
            {formatMetric(best.value, 4)}{' '}
            <span className={styles.metricName} title={spoken(best.name)}>
              {spoken(best.name)}
            </span>
          </>
        )}
      </td>
      <td data-key="epochs">{t('table.epochsOf', { done: run.epochs_done, epochs: run.epochs })}</td>
      <td data-key="duration">{formatDuration(duration(run, now))}</td>
      <td>{formatStart(run.started_at ?? run.created_at, now)}</td>
      <td>
        <QueueButtons run={run} waiting={waiting} />
        {isEnded(run.state) && (
          <IconButton label={t('table.delete', { name: run.name })} onClick={() => onDelete(run)}>
            <Trash2 size={14} aria-hidden="true" />
          </IconButton>
        )}
      </td>
    </tr>
  )
}
