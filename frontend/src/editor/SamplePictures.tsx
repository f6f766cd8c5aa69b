import { useContext } from 'react'
import { useDataset, useDatasetRows } from '../api/datasetQueries'
import { checkStore } from '../graph/checkStore'
import type { Node } from '../graph/document'
import { title } from '../graph/naming'
import { useDraft } from '../graph/useDraft'
import { ReportSource } from './reports'
import styles from './SamplePictures.module.css'
import { Stamp } from './Stamp'

const COUNT = 4

/** The first pictures that an Input is fed with, as small as stamps; nothing where its data is no pictures. */
export function SamplePictures({ node }: { node: Node }) {
  const dataset = useDraft((draft) => draft.recipe?.data.dataset)
  const column = useDraft((draft) => draft.recipe?.data.inputs[title(node)]?.[0])
  const { data: info } = useDataset(dataset)
  const isPicture = info?.columns.some((one) => one.name === column && one.kind === 'image') ?? false
  const rows = useDatasetRows({ dataset: dataset ?? '', split: 'train', offset: 0, limit: COUNT }, isPicture)
    .data?.rows
  const isDraft = useContext(ReportSource) === checkStore
  if (!isDraft || !isPicture || !rows || column === undefined) return null
  return (
    <span className={styles.strip} aria-hidden="true">
      {rows.map((row, index) => (
        <Stamp key={index} pixels={row[column] ?? null} />
      ))}
    </span>
  )
}
