import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button'
import { formatDuration } from '../../ui/format'
import styles from './Evaluate.module.css'

/** That the model is being judged, for how long by now, and the way out. */
export function Working({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation('evaluate')
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((passed) => passed + 1), 1_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <div className={styles.intro}>
      <p className={styles.note}>{t('working', { seconds: formatDuration(seconds) })}</p>
      <Button onClick={onCancel}>{t('cancel')}</Button>
    </div>
  )
}
