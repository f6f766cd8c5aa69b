import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { toast } from 'sonner'
import type { DatasetInfo } from '../../api/types'
import { useEditDataset } from '../../api/datasetQueries'
import { Button } from '../../ui/Button'
import { ClassField } from './ClassField'
import { corrected, countsOf, editsOf, type Correction, type Corrections } from './corrections'
import styles from './Evaluate.module.css'
import type { Source } from './Samples'

interface CorrectingProps {
  source: Source
  picked: ReadonlySet<number>
  corrections: Corrections
  onPicked: (picked: ReadonlySet<number>) => void
  onCorrections: (corrections: Corrections) => void
}

/** Rows that are wrong in the data: another class for them, or out with them, in a new version of the dataset. */
export function Correcting({ source, picked, corrections, onPicked, onCorrections }: CorrectingProps) {
  const { t } = useTranslation('evaluate')
  const classes = source.target?.classes ?? null
  const correct = (correction: Correction) => {
    onCorrections(corrected(corrections, picked, correction))
    onPicked(new Set())
  }
  return (
    <div className={styles.part} role="group" aria-label={t('correct.title')}>
      {picked.size === 0 && corrections.size === 0 && (
        <p className={styles.note}>{t(classes ? 'correct.hint' : 'correct.hintDrop')}</p>
      )}
      {picked.size > 0 && (
        <div className={styles.correcting}>
          <span className={styles.note}>{t('correct.picked', { count: picked.size })}</span>
          {classes && <ClassField classes={classes} onClass={correct} />}
          <Button size="small" onClick={() => correct(null)}>
            {t('correct.drop')}
          </Button>
          <Button size="small" look="quiet" onClick={() => onPicked(new Set())}>
            {t('correct.clear')}
          </Button>
        </div>
      )}
      <Saving source={source} corrections={corrections} onForget={() => onCorrections(new Map())} />
    </div>
  )
}

interface SavingProps {
  source: Source
  corrections: Corrections
  onForget: () => void
}

/** What was said so far, kept as a version on demand; and the way on from a version that was kept. */
function Saving({ source, corrections, onForget }: SavingProps) {
  const { t } = useTranslation('evaluate')
  const { mutate, isPending, data: saved } = useEditDataset()
  const { dataset, split } = source.question
  const counts = countsOf(corrections)
  const save = () =>
    mutate(
      {
        dataset,
        edits: editsOf(corrections, split === 'validation' ? 'train' : split, source.target?.name ?? ''),
      },
      { onSuccess: onForget, onError: (error) => toast.error(error.message) },
    )
  if (corrections.size === 0) return saved && <Saved dataset={saved} onTrainOn={source.onTrainOn} />
  return (
    <div className={styles.correcting}>
      <span className={styles.note}>
        {[
          counts.relabelled > 0 && t('correct.relabelled', { count: counts.relabelled }),
          counts.dropped > 0 && t('correct.dropped', { count: counts.dropped }),
        ]
          .filter((part) => part !== false)
          .join(', ')}
      </span>
      <Button size="small" look="primary" disabled={isPending} onClick={save}>
        {t('correct.save')}
      </Button>
      <Button size="small" look="quiet" onClick={onForget}>
        {t('correct.forget')}
      </Button>
    </div>
  )
}

function Saved({ dataset, onTrainOn }: { dataset: DatasetInfo; onTrainOn: (dataset: string) => void }) {
  const { t } = useTranslation('evaluate')
  return (
    <div className={styles.correcting} role="status">
      <span>
        {t('correct.saved', { version: dataset.version })}{' '}
        <Link to={`/data/${dataset.id}`}>{dataset.title}</Link>
      </span>
      <Button size="small" look="primary" onClick={() => onTrainOn(dataset.id)}>
        {t('correct.train')}
      </Button>
    </div>
  )
}
