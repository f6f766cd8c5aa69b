import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useVersions } from '../api/datasetQueries'
import { formatNumber } from '../ui/format'
import { Panel } from '../ui/Panel'
import styles from './DatasetPage.module.css'

/** All versions of a dataset, the newest first; nothing where there is only this one. */
export function Versions({ dataset }: { dataset: string }) {
  const { t, i18n } = useTranslation('data')
  const { data: family = [] } = useVersions(dataset)
  if (family.length < 2) return null
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <Panel title={t('versions.title')}>
      <ol className={styles.versions}>
        {family.toReversed().map(({ id, version, edits, rows, created_at: at }) => (
          <li key={id} aria-current={id === dataset ? 'page' : undefined}>
            <Link to={`/data/${id}`}>{t('versions.version', { version })}</Link>
            <span>{edits.length > 0 ? edits.join(' · ') : t('versions.first')}</span>
            <span className={styles.soft}>{t('card.rows', { rows: formatNumber(rows.train) })}</span>
            <span className={styles.soft}>{at !== null && date.format(at * 1000)}</span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
