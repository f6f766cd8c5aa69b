import { useTranslation } from 'react-i18next'
import { useDatasets } from '../api/datasetQueries'
import { draftStore } from '../graph/useDraft'
import styles from './DataPanel.module.css'
import { datasetDrag } from './datasetDrag'
import { newestOf } from './family'
import { useChooseDataset } from './useChooseDataset'
import { useStartFrom, type OpenProject } from './useStartFrom'

/** The datasets, to press or to drag onto the drawing: an empty one becomes a network that fits. */
export function DatasetChips({ onOpen }: { onOpen: OpenProject }) {
  const { t } = useTranslation('data')
  const { data: datasets = [] } = useDatasets()
  const { choose, isPending } = useChooseDataset()
  const { start, isPending: isStarting } = useStartFrom(onOpen)
  const take = (id: string) => (draftStore.getState().graph.nodes.length === 0 ? start(id) : choose(id))
  return (
    <div className={styles.chips} role="group" aria-label={t('panel.datasets')}>
      {newestOf(datasets).map(({ id, title }) => (
        <button
          key={id}
          type="button"
          className={styles.chip}
          disabled={isPending || isStarting}
          draggable
          onDragStart={(event) => datasetDrag.start(event, id)}
          onClick={() => void take(id)}
        >
          {title}
        </button>
      ))}
    </div>
  )
}
