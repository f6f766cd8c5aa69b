import { useTranslation } from 'react-i18next'
import { useDatasets } from '../api/datasetQueries'
import type { DatasetInfo } from '../api/types'
import { Button } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { Skeleton } from '../ui/Skeleton'
import styles from './DataPage.module.css'
import { DatasetCard } from './DatasetCard'
import { NotHereYet } from './downloads/NotHereYet'
import { newestOf } from './family'
import { AddDataButton } from './upload/AddDataButton'

const PLACES = 6

/** All datasets as cards, each by its newest version. */
export function DataPage() {
  const { t } = useTranslation('data')
  const { data: datasets, error, refetch } = useDatasets()
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <div className={styles.intro}>
          <h1>{t('page.title')}</h1>
          <p>{t('page.text')}</p>
        </div>
        <AddDataButton place="page" />
      </header>
      {error && !datasets && (
        <EmptyState
          title={t('page.failed')}
          text={error.message}
          action={<Button onClick={() => void refetch()}>{t('page.again')}</Button>}
        />
      )}
      <ul className={styles.cards}>
        {datasets &&
          ownFirst(newestOf(datasets)).map((dataset) => <DatasetCard key={dataset.id} dataset={dataset} />)}
        {!datasets && !error && Array.from({ length: PLACES }, (_, place) => <PlaceOfCard key={place} />)}
      </ul>
      <NotHereYet />
    </main>
  )
}

/** What somebody added last is what they look for. */
function ownFirst(datasets: readonly DatasetInfo[]): DatasetInfo[] {
  return datasets.toSorted((left, right) => (right.created_at ?? 0) - (left.created_at ?? 0))
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
