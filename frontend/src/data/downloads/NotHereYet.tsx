import { useTranslation } from 'react-i18next'
import { useDownloadable } from '../../api/datasetQueries'
import { DownloadCard } from './DownloadCard'
import { cx } from '../../ui/cx'
import page from '../DataPage.module.css'
import styles from './NotHereYet.module.css'

/** Sets that can not be shipped but can be fetched; nothing where all of them are there. */
export function NotHereYet() {
  const { t } = useTranslation('data')
  const { data = [] } = useDownloadable()
  const missing = data.filter(({ dataset }) => dataset === null)
  if (missing.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby="not-here-yet">
      <h2 id="not-here-yet" className={styles.title}>
        {t('download.title')}
      </h2>
      <p className={styles.text}>{t('download.text')}</p>
      <ul className={cx(page.cards, styles.cards)}>
        {missing.map((set) => (
          <DownloadCard key={set.name} set={set} />
        ))}
      </ul>
    </section>
  )
}
