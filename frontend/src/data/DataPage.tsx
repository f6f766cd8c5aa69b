import { useTranslation } from 'react-i18next'
import { useDatasets } from '../api/queries'
import { Button } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { Skeleton } from '../ui/Skeleton'
import styles from './DataPage.module.css'
import { DatasetCard } from './DatasetCard'

const PLACES = 6

/** All datasets as cards. */
export function DataPage() {
  const { t } = useTranslation('data')
  const { data: datasets, error, refetch } = useDatasets()
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1>{t('page.title')}</h1>
        <p>{t('page.text')}</p>
      </header>
      {error && !datasets && (
        <EmptyState
          title={t('page.failed')}
          text={error.message}
          action={<Button onClick={() => void refetch()}>{t('page.again')}</Button>}
        />
      )}
      <ul className={styles.cards}>
        {datasets?.map((dataset) => (
          <DatasetCard key={dataset.id} dataset={dataset} />
        ))}
        {!datasets && !error && Array.from({ length: PLACES }, (_, place) => <PlaceOfCard key={place} />)}
      </ul>
    </main>
  )
}

function PlaceOfCard() {
  return (
    <li className={styles.card}>
      <Skeleton height={72} />
      <Skeleton width="50%" />
      <Skeleton lines={2} />
    </li>
  )
}
