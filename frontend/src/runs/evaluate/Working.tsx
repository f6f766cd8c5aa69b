import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EvaluationQuestion } from '../../api/models'
import { useEvaluationProgress } from '../../api/evaluationQueries'
import { Button } from '../../ui/Button'
import { formatDuration } from '../../ui/format'
import styles from './Evaluate.module.css'

interface WorkingProps {
  question: EvaluationQuestion
  onCancel: () => void
}

/** That the model is being judged, for how long by now and on which part of the rows, and the way out. */
export function Working({ question, onCancel }: WorkingProps) {
  const { t } = useTranslation('evaluate')
  const { data: progress } = useEvaluationProgress(question)
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((passed) => passed + 1), 1_000)
    return () => clearInterval(timer)
  }, [])
  const share = progress && progress.rows > 0 ? progress.rows_done / progress.rows : 0
  return (
    <div className={styles.intro}>
      <p className={styles.note}>{t('working', { seconds: formatDuration(seconds) })}</p>
      <progress className={styles.progress} value={share} aria-label={t('progress')} />
      <Button onClick={onCancel}>{t('cancel')}</Button>
    </div>
  )
}
