import { ArrowLeft, Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { arraysUrl } from '../api/client'
import { useDataset } from '../api/queries'
import type { DatasetInfo } from '../api/types'
import { EmptyState } from '../ui/EmptyState'
import { formatBytes, formatNumber } from '../ui/format'
import { Panel } from '../ui/Panel'
import { Skeleton } from '../ui/Skeleton'
import { ColumnTable } from './ColumnTable'
import styles from './DatasetPage.module.css'
import { RowBrowser } from './RowBrowser'
import { UseDatasetButton } from './UseDatasetButton'

/** One dataset: what it is, its columns with their statistics, its rows. */
export function DatasetPage() {
  const { t } = useTranslation('data')
  const { dataset: id } = useParams()
  const { data: dataset, isPending, error } = useDataset(id)
  return (
    <main className={styles.page}>
      <Link to="/data" className={styles.back}>
        <ArrowLeft size={14} aria-hidden="true" /> {t('page.title')}
      </Link>
      {dataset && <Profile key={dataset.id} dataset={dataset} />}
      {!dataset && isPending && <Skeleton lines={8} height={20} />}
      {!dataset && !isPending && <EmptyState title={t('dataset.unknown', { id })} text={error?.message} />}
    </main>
  )
}

function Profile({ dataset }: { dataset: DatasetInfo }) {
  const { t } = useTranslation('data')
  return (
    <>
      <header className={styles.head}>
        <div>
          <h1>{dataset.title}</h1>
          <p>{dataset.description}</p>
        </div>
        <div className={styles.actions}>
          <a className={styles.download} href={arraysUrl(dataset.id)} download>
            <Download size={14} aria-hidden="true" /> {t('dataset.arrays')}
          </a>
          <UseDatasetButton dataset={dataset.id} />
        </div>
      </header>
      <Facts dataset={dataset} />
      <Panel title={t('dataset.rows')}>
        <RowBrowser dataset={dataset} />
      </Panel>
      <Panel title={t('dataset.columns')}>
        <ColumnTable columns={dataset.columns} />
      </Panel>
    </>
  )
}

function Facts({ dataset }: { dataset: DatasetInfo }) {
  const { t } = useTranslation('data')
  const splits = Object.entries(dataset.rows).map(
    ([split, count]) => `${formatNumber(count)} ${t(`split.${split}`, split)}`,
  )
  const facts: [string, string][] = [
    [t('dataset.task'), t(`task.${dataset.task}`)],
    [t('dataset.rows'), splits.join(' · ')],
    [t('dataset.size'), formatBytes(dataset.size_bytes)],
    [t('dataset.licence'), dataset.licence],
    [t('dataset.origin'), dataset.origin],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
