import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { draftActions, useDraft } from '../graph/useDraft'
import { IconButton } from '../ui/IconButton'
import styles from './TrainingPanel.module.css'

/** Says what training starts from, weights of a file or a checkpoint, with a way to start afresh. */
export function StartWeights() {
  const { t } = useTranslation('training')
  const weights = useDraft((draft) => draft.weights)
  if (!weights) return null
  return (
    <span className={styles.start}>
      {t('from.label')}{' '}
      {'run' in weights ? (
        <Link to={`/runs/${weights.run}`}>
          {t('from.checkpoint', { run: weights.run, epoch: weights.epoch })}
        </Link>
      ) : (
        <strong>{t('from.weights', { file: weights.file })}</strong>
      )}
      <IconButton label={t('from.drop')} onClick={() => draftActions.dropWeights()}>
        <X size={13} aria-hidden="true" />
      </IconButton>
    </span>
  )
}
