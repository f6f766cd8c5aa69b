import { ArrowLeft, Download } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useDataset } from '../api/datasetQueries'
import { arraysUrl } from '../api/datasets'
import type { DatasetInfo } from '../api/types'
import { EmptyState } from '../ui/EmptyState'
import { Panel } from '../ui/Panel'
import { Skeleton } from '../ui/Skeleton'
import { ColumnsPanel } from './ColumnsPanel'
import type { DatasetEdits } from './datasetEdits'
import { DatasetFacts } from './DatasetFacts'
import styles from './DatasetPage.module.css'
import { DeleteDataset } from './DeleteDataset'
import { EditBar } from './EditBar'
import { NoteList } from './NoteList'
import { ReadAs } from './ReadAs'
import { RowBrowser } from './RowBrowser'
import type { RowSets } from './rowSets'
import { StartButton } from './StartButton'
import { TitleField } from './TitleField'
import { UseDatasetButton } from './UseDatasetButton'
import { useEdits } from './useEdits'
import { useRowView } from './useRowView'
import { useSaveVersion } from './useSaveVersion'
import type { OpenProject } from './useStartFrom'
import { Versions } from './Versions'
import { WindowsPanel } from './WindowsPanel'

/** One dataset: what it is, how it was read, its columns with their statistics, its rows, its versions. */
export function DatasetPage({ onOpen }: { onOpen: OpenProject }) {
  const { t } = useTranslation('data')
  const { dataset: id } = useParams()
  const { data: dataset, isPending, error } = useDataset(id)
  return (
    <main key={id} className={styles.page}>
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
  const hand = useEdits(dataset.id)
  const savingBy = useSaveVersion(dataset.id)
  const { edits } = hand
  const onEdit = dataset.source === 'package' ? null : hand.put
  const view = useRowView(dataset)
  const rows = useRef<HTMLDivElement>(null)
  const show = (found: RowSets) => {
    view.show(found)
    rows.current?.scrollIntoView({ block: 'start' })
  }
  return (
    <>
      <Head dataset={dataset} edits={edits} onEdit={onEdit} onOpen={onOpen} />
      <DatasetFacts dataset={dataset} />
      {dataset.notes.length > 0 && (
        <Panel title={t('notes.title')}>
          <NoteList notes={dataset.notes} />
        </Panel>
      )}
      {dataset.reading && <ReadAs stored={dataset.reading} saving={savingBy('reading')} />}
      <div ref={rows}>
        <Panel title={t('dataset.rows')}>
          <RowBrowser dataset={dataset} view={view} edits={edits} onEdit={onEdit} />
        </Panel>
      </div>
      <ColumnsPanel dataset={dataset} edits={edits} onEdit={onEdit} onShow={show} />
      {onEdit && <WindowsPanel dataset={dataset} hand={hand} saving={savingBy('windows')} />}
      <Versions dataset={dataset.id} />
      <EditBar hand={hand} saving={savingBy('edits')} />
    </>
  )
}

interface HeadProps extends ProfileProps {
  edits: DatasetEdits
  onEdit: ((edits: DatasetEdits) => void) | null
}

function Head({ dataset, edits, onEdit, onOpen }: HeadProps) {
  const { t } = useTranslation('data')
  return (
    <header className={styles.head}>
      <div className={styles.titles}>
        <TitleField dataset={dataset} edits={edits} onEdit={onEdit} />
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
