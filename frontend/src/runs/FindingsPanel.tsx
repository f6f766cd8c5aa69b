import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { EventOf } from '../api/types'
import { formatNumber } from '../ui/format'
import { Panel } from '../ui/Panel'
import styles from './FindingsPanel.module.css'

interface FindingsProps {
  findings: readonly EventOf<'finding'>[]
}

/** What went wrong in a run, each with its numbers and what to do; nothing where nothing did. */
export function FindingsPanel({ findings }: FindingsProps) {
  const { t } = useTranslation('runs')
  if (findings.length === 0) return null
  return (
    <Panel title={t('findings.title', { count: findings.length })}>
      <FindingList findings={findings} />
    </Panel>
  )
}

function FindingList({ findings }: FindingsProps) {
  const { t } = useTranslation('runs')
  return (
    <ul className={styles.list} aria-label={t('findings.list')}>
      {findings.map((finding) => (
        <li key={finding.seq} className={styles.finding}>
          <TriangleAlert size={15} className={styles.icon} aria-hidden="true" />
          <div>
            <p className={styles.message}>{finding.message}</p>
            <p className={styles.advice}>{finding.advice}</p>
            <Evidence finding={finding} />
          </div>
        </li>
      ))}
    </ul>
  )
}

/** The numbers that a finding rests on, and since when. */
function Evidence({ finding: { epoch, evidence } }: { finding: EventOf<'finding'> }) {
  const { t } = useTranslation('runs')
  return (
    <dl className={styles.evidence}>
      {epoch !== null && (
        <div>
          <dt>{t('findings.epoch')}</dt>
          <dd>{epoch}</dd>
        </div>
      )}
      {Object.entries(evidence).map(([name, value]) => (
        <div key={name}>
          <dt>{name.replaceAll('_', ' ')}</dt>
          <dd>{formatNumber(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
