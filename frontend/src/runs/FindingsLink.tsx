import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { EventOf } from '../api/types'
import styles from './FindingsPanel.module.css'

/** How many things were found in a run, and the way to them. */
export function FindingsLink({ run, findings }: { run: number; findings: readonly EventOf<'finding'>[] }) {
  const { t } = useTranslation('runs')
  if (findings.length === 0) return null
  return (
    <Link
      to={`/runs/${run}`}
      className={styles.link}
      title={findings.map(({ message }) => message).join('\n')}
    >
      <TriangleAlert size={13} aria-hidden="true" /> {t('findings.title', { count: findings.length })}
    </Link>
  )
}
