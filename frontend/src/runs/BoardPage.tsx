import { ArrowLeft, ExternalLink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { boardUrl } from '../api/tools'
import styles from './BoardPage.module.css'

/** TensorBoard inside the app: on one run, or on all that wrote logs for it. */
export function BoardPage() {
  const { t } = useTranslation('runs')
  const [query] = useSearchParams()
  const text = query.get('run') ?? ''
  const run = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null
  return (
    <main className={styles.page}>
      <div className={styles.bar}>
        <Link to={run === null ? '/runs' : `/runs/${run}`} className={styles.link}>
          <ArrowLeft size={14} aria-hidden="true" />
          {run === null ? t('page.title') : t('pill.run', { id: run })}
        </Link>
        <h1 className={styles.title}>{t('board.name')}</h1>
        {run !== null && (
          <Link to="/board" className={styles.link}>
            {t('board.all')}
          </Link>
        )}
        <a href={boardUrl(run)} target="_blank" rel="noreferrer" className={styles.link}>
          {t('board.tab')} <ExternalLink size={13} aria-hidden="true" />
        </a>
      </div>
      <iframe key={run} className={styles.board} title={t('board.name')} src={boardUrl(run)} />
    </main>
  )
}
