import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { useDataset } from '../api/datasetQueries'
import { checkStore } from '../graph/checkStore'
import type { Node } from '../graph/document'
import { title } from '../graph/naming'
import { useDraft } from '../graph/useDraft'
import styles from './LayerNode.module.css'
import { ReportSource } from './reports'

/** What an Output is compared with: its column, and how many classes that has. Only for the draft, not for old runs. */
export function BoundTarget({ node }: { node: Node }) {
  const { t } = useTranslation('editor')
  const isDraft = useContext(ReportSource) === checkStore
  const dataset = useDraft((draft) => draft.recipe?.data.dataset)
  const column = useDraft((draft) => draft.recipe?.data.targets[title(node)]?.[0])
  const { data: info } = useDataset(dataset)
  if (!isDraft || column === undefined) return null
  const count = info?.columns.find(({ name }) => name === column)?.classes?.length
  return (
    <span className={styles.telling}>
      {count === undefined ? t('node.target', { column }) : t('node.targetClasses', { column, count })}
    </span>
  )
}
