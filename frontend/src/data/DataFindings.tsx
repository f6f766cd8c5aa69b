import { CircleCheck, Copy, Split, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Relations } from '../api/types'
import { Button } from '../ui/Button'
import { formatNumber } from '../ui/format'
import styles from './DatasetPage.module.css'

/** Rows that a finding is about. */
export type FoundRows = 'rows' | 'across'

interface DataFindingsProps {
  relations: Relations
  /** What can be done about it; null where the dataset can not be edited. */
  actions: {
    select: (which: FoundRows) => void
    isSelecting: boolean
    isLeftOut: (column: string) => boolean
    leaveOut: (column: string) => void
  } | null
}

/** What in a dataset makes scores better than they are: rows twice, rows in two splits, columns that tell the target. */
export function DataFindings({ relations, actions }: DataFindingsProps) {
  const { t } = useTranslation('data')
  const { duplicates, across_splits: across, leaks } = relations
  const nothing = duplicates.rows === 0 && across === 0 && leaks.length === 0
  if (nothing) return <Finding icon={<CircleCheck />}>{t('found.none')}</Finding>
  const places = duplicates.examples.map(([split, row]) =>
    t('found.example', { split: t(`split.${split}`, split), row: formatNumber(row + 1) }),
  )
  const selecting = (which: FoundRows) =>
    actions && (
      <Button size="small" disabled={actions.isSelecting} onClick={() => actions.select(which)}>
        {t('found.select')}
      </Button>
    )
  return (
    <ul className={styles.findings}>
      {leaks.map((leak) => (
        <li key={leak.column}>
          <Finding
            icon={<TriangleAlert />}
            tone="warn"
            action={
              actions &&
              !actions.isLeftOut(leak.column) && (
                <Button
                  size="small"
                  aria-label={t('found.leaveOutOf', { column: leak.column })}
                  onClick={() => actions.leaveOut(leak.column)}
                >
                  {t('found.leaveOut')}
                </Button>
              )
            }
          >
            <b>{leak.column}</b> {t(`found.leak.${leak.reason}`)}{' '}
            <span className={styles.soft}>({formatNumber(leak.value)})</span>
          </Finding>
        </li>
      ))}
      {across > 0 && (
        <li>
          <Finding icon={<Split />} tone="warn" action={selecting('across')}>
            {t('found.across', { count: across, rows: formatNumber(across) })}
          </Finding>
        </li>
      )}
      {duplicates.rows > 0 && (
        <li>
          <Finding icon={<Copy />} tone="warn" action={selecting('rows')}>
            {t('found.duplicates', { count: duplicates.rows, rows: formatNumber(duplicates.rows) })}{' '}
            <span className={styles.soft}>{places.join(' · ')}</span>
          </Finding>
        </li>
      )}
    </ul>
  )
}

interface FindingProps {
  icon: ReactNode
  tone?: 'warn'
  action?: ReactNode
  children: ReactNode
}

function Finding({ icon, tone, action, children }: FindingProps) {
  return (
    <div className={styles.finding} data-tone={tone}>
      <span aria-hidden="true">{icon}</span>
      <p>{children}</p>
      {action}
    </div>
  )
}
