import { useTranslation } from 'react-i18next'
import type { DatasetInfo } from '../api/types'
import { formatBytes, formatNumber } from '../ui/format'
import styles from './DatasetPage.module.css'

/** What a dataset is for, how much it holds, where it comes from. */
export function DatasetFacts({ dataset }: { dataset: DatasetInfo }) {
  const { t, i18n } = useTranslation('data')
  const splits = Object.entries(dataset.rows).map(
    ([split, count]) => `${formatNumber(count)} ${t(`split.${split}`, split)}`,
  )
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  const added = dataset.created_at === null ? '' : date.format(dataset.created_at * 1000)
  const facts: [string, string][] = [
    [t('dataset.task'), t(`task.${dataset.task}`)],
    [t('dataset.rows'), splits.join(' · ')],
    [t('dataset.size'), formatBytes(dataset.size_bytes)],
    [t('dataset.licence'), dataset.licence],
    [t('dataset.origin'), dataset.origin],
    [t('dataset.added'), added],
  ]
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== '')
        .map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
