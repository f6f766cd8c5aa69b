import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useDatasetRows } from '../api/datasetQueries'
import type { Column, DatasetInfo } from '../api/types'
import { Badge } from '../ui/Badge'
import { formatNumber } from '../ui/format'
import styles from './DataPage.module.css'
import { Histogram } from './Histogram'
import { Pixels } from './Pixels'

const PICTURES = 10
const SPREADS = 5

/** A dataset at a glance: some of it, its name, how much there is, what it is for, whose it is. */
export function DatasetCard({ dataset }: { dataset: DatasetInfo }) {
  const { t } = useTranslation('data')
  const rows = Object.values(dataset.rows).reduce((sum, count) => sum + count, 0)
  return (
    <li className={styles.card}>
      <Preview dataset={dataset} />
      <h2 className={styles.name}>
        <Link to={`/data/${dataset.id}`} className={styles.link}>
          {dataset.title}
        </Link>
        {dataset.version > 1 && <Badge>{t('card.version', dataset)}</Badge>}
        <Badge tone={dataset.task === 'classification' ? 'accent' : 'neutral'}>
          {t(`task.${dataset.task}`)}
        </Badge>
      </h2>
      <p className={styles.about}>{dataset.description || namesOf(dataset)}</p>
      <p className={styles.facts}>
        <span>{t('card.rows', { rows: formatNumber(rows) })}</span>
        <span>{t('card.columns', { columns: formatNumber(dataset.columns.length) })}</span>
        <span className={styles.licence}>
          {dataset.source === 'upload' ? t('card.yours') : dataset.licence}
        </span>
      </p>
    </li>
  )
}

const NAMED = 12

/** What somebody's own set holds, where nobody has described it. */
function namesOf({ columns }: DatasetInfo): string {
  const names = columns.slice(0, NAMED).map(({ name }) => name)
  return [...names, ...(columns.length > NAMED ? ['…'] : [])].join(', ')
}

function Preview({ dataset }: { dataset: DatasetInfo }) {
  const image = dataset.columns.find((column) => column.kind === 'image')
  if (image) return <Pictures dataset={dataset} column={image} />
  const text = dataset.columns.find((column) => column.kind === 'text' && column.role === 'feature')
  if (text) return <Words dataset={dataset} column={text} />
  return <Spreads columns={dataset.columns} />
}

function Pictures({ dataset, column }: { dataset: DatasetInfo; column: Column }) {
  const { data } = useDatasetRows({ dataset: dataset.id, split: 'train', offset: 0, limit: PICTURES })
  return (
    <div className={styles.pictures} aria-hidden="true">
      {data?.rows.map((row, index) => (
        <Pixels key={index} cell={row[column.name]} className={styles.picture} />
      ))}
    </div>
  )
}

function Words({ dataset, column }: { dataset: DatasetInfo; column: Column }) {
  const { data } = useDatasetRows({ dataset: dataset.id, split: 'train', offset: 0, limit: 1 })
  return <blockquote className={styles.words}>{String(data?.rows[0]?.[column.name] ?? '')}</blockquote>
}

function Spreads({ columns }: { columns: readonly Column[] }) {
  const shown = columns.filter((column) => column.histogram ?? column.class_counts).slice(0, SPREADS)
  return (
    <div className={styles.spreads} aria-hidden="true">
      {shown.map((column) => (
        <div key={column.name} className={styles.spread}>
          <Histogram column={column} label={column.name} />
          <span>{column.name}</span>
        </div>
      ))}
    </div>
  )
}
