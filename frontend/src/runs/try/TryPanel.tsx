import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useDataset } from '../../api/datasetQueries'
import { isEnded } from '../../api/streamCursor'
import type { RunDetail } from '../../api/types'
import { Skeleton } from '../../ui/Skeleton'
import { feedsOf } from './feeds'
import { TryPicture } from './TryPicture'
import { TryRow } from './TryRow'
import styles from './TryPanel.module.css'

interface TryPanelProps {
  run: RunDetail | null
  /** Epoch of the weights to try, or null while there are none. */
  epoch: number | null
}

/** Ask the model of a run: draw for it, or give it a sample of its dataset. */
export function TryPanel({ run, epoch }: TryPanelProps) {
  const { t } = useTranslation('runs')
  const { data: dataset } = useDataset(run?.dataset)
  const feeds = useMemo(() => (run && dataset ? feedsOf(run, dataset) : null), [run, dataset])
  if (run === null || epoch === null)
    return <Waiting text={t(isEnded(run?.state) ? 'try.never' : 'try.untrained')} />
  if (!dataset || !feeds) return <Skeleton lines={4} height={20} />
  const shared = { run, epoch, dataset, feeds }
  return feeds.picture ? (
    <TryPicture key={run.id} {...shared} picture={feeds.picture} />
  ) : (
    <TryRow key={run.id} {...shared} />
  )
}

function Waiting({ text }: { text: string }) {
  const { t } = useTranslation('runs')
  return (
    <section className={styles.panel} aria-label={t('try.title')}>
      <h2 className={styles.heading}>{t('try.title')}</h2>
      <p className={styles.waiting}>{text}</p>
    </section>
  )
}
