import { ArrowLeft, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useDataset } from '../api/datasetQueries'
import { arraysUrl } from '../api/datasets'
import type { DatasetInfo } from '../api/types'
import { Badge } from '../ui/Badge'
import { EmptyState } from '../ui/EmptyState'
import { Panel } from '../ui/Panel'
import { Skeleton } from '../ui/Skeleton'
import { NO_EDITS } from './columnEdits'
import { ColumnsPanel } from './ColumnsPanel'
import { DatasetFacts } from './DatasetFacts'
import styles from './DatasetPage.module.css'
import { DeleteDataset } from './DeleteDataset'
import { EditBar } from './EditBar'
import { NoteList } from './NoteList'
import { ReadAs } from './ReadAs'
import { RowBrowser } from './RowBrowser'
import { StartButton } from './StartButton'
import { UseDatasetButton } from './UseDatasetButton'
import type { OpenProject } from './useStartFrom'
import { Versions } from './Versions'

/** One dataset: what it is, how it was read, its columns with their statistics, its rows, its versions. */
export function DatasetPage({ onOpen }: { onOpen: OpenProject }) {
  const { t } = useTranslation('data')
  const { dataset: id } = useParams()
  const { data: dataset, isPending, error } = useDataset(id)
  return (
    <main className={styles.page}>
      <Link to="/data" className={styles.back}>
        <ArrowLeft size={14} aria-hidden="true" /> {t('page.title')}
      </Link>
      {dataset && <Profile key={dataset.id} dataset={dataset} onOpen={onOpen} />}
      {!dataset && isPending && <Skeleton lines={8} height={20} />}
      {!dataset && !isPending && <EmptyState title={t('dataset.unknown', { id })} text={error?.message} />}
    </main>
  )
}

interface ProfileProps {
  dataset: DatasetInfo
  onOpen: OpenProject
}

function Profile({ dataset, onOpen }: ProfileProps) {
  const { t } = useTranslation('data')
  const [edits, setEdits] = useState(NO_EDITS)
  const isOwn = dataset.source !== 'package'
  return (
    <>
      <Head dataset={dataset} onOpen={onOpen} />
      <DatasetFacts dataset={dataset} />
      {dataset.notes.length > 0 && (
        <Panel title={t('notes.title')}>
          <NoteList notes={dataset.notes} />
        </Panel>
      )}
      {dataset.reading && <ReadAs dataset={dataset.id} stored={dataset.reading} />}
      <Panel title={t('dataset.rows')}>
        <RowBrowser dataset={dataset} />
      </Panel>
      <ColumnsPanel dataset={dataset} edits={edits} onEdit={isOwn ? setEdits : null} />
      <Versions dataset={dataset.id} />
      <EditBar dataset={dataset} edits={edits} onEdit={setEdits} />
    </>
  )
}

function Head({ dataset, onOpen }: ProfileProps) {
  const { t } = useTranslation('data')
  return (
    <header className={styles.head}>
      <div className={styles.titles}>
        <h1>
          {dataset.title} {dataset.version > 1 && <Badge>{t('card.version', dataset)}</Badge>}
        </h1>
        <p>{dataset.description}</p>
      </div>
      <div className={styles.actions}>
        <a className={styles.download} href={arraysUrl(dataset.id)} download>
          <Download size={14} aria-hidden="true" /> {t('dataset.arrays')}
        </a>
        {dataset.source !== 'package' && <DeleteDataset dataset={dataset} />}
        <UseDatasetButton dataset={dataset.id} />
        <StartButton dataset={dataset.id} look="primary" onOpen={onOpen} />
      </div>
    </header>
  )
}
