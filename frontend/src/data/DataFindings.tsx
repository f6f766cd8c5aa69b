import { CircleCheck, Copy, Split, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Relations } from '../api/types'
import { formatNumber } from '../ui/format'
import styles from './DatasetPage.module.css'

/** What in a dataset makes scores better than they are: rows twice, rows in two splits, columns that tell the target. */
export function DataFindings({ relations }: { relations: Relations }) {
  const { t } = useTranslation('data')
  const { duplicates, across_splits: across, leaks } = relations
  const nothing = duplicates.rows === 0 && across === 0 && leaks.length === 0
  if (nothing) return <Finding icon={<CircleCheck />}>{t('found.none')}</Finding>
  const places = duplicates.examples.map(([split, row]) =>
    t('found.example', { split: t(`split.${split}`, split), row: formatNumber(row + 1) }),
  )
  return (
    <ul className={styles.findings}>
      {leaks.map((leak) => (
        <li key={leak.column}>
          <Finding icon={<TriangleAlert />} tone="warn">
            <b>{leak.column}</b> {t(`found.leak.${leak.reason}`)}{' '}
            <span className={styles.soft}>({formatNumber(leak.value)})</span>
          </Finding>
        </li>
      ))}
      {across > 0 && (
        <li>
          <Finding icon={<Split />} tone="warn">
            {t('found.across', { count: across, rows: formatNumber(across) })}
          </Finding>
        </li>
      )}
      {duplicates.rows > 0 && (
        <li>
          <Finding icon={<Copy />} tone="warn">
            {t('found.duplicates', { count: duplicates.rows, rows: formatNumber(duplicates.rows) })}{' '}
            <span className={styles.soft}>{places.join(' · ')}</span>
          </Finding>
        </li>
      )}
    </ul>
  )
}

function Finding({ icon, tone, children }: { icon: ReactNode; tone?: 'warn'; children: ReactNode }) {
  return (
    <p className={styles.finding} data-tone={tone}>
      <span aria-hidden="true">{icon}</span>
      <span>{children}</span>
    </p>
  )
}
