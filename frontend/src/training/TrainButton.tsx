import type { TFunction } from 'i18next'
import { Play } from 'lucide-react'
import { useEffect, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button'
import { Tooltip } from '../ui/Tooltip'
import type { Readiness } from './readiness'
import styles from './TrainButton.module.css'
import { useStartTraining } from './useStartTraining'

/** Starts a run of the drawing, also by Ctrl+Enter. While it can not, it says why. */
export function TrainButton({ onStarted }: { onStarted?: () => void }) {
  const { t } = useTranslation('training')
  const reasonId = useId()
  const { readiness, isStarting, start } = useStartTraining(onStarted)
  const canStart = readiness.ready && !isStarting
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return
      event.preventDefault()
      if (canStart) start()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [canStart, start])
  const reason = readiness.ready ? t('start.ready') : whyNot(readiness, t)
  return (
    <>
      <Tooltip text={reason} keys="Ctrl Enter">
        <Button
          look="primary"
          icon={<Play size={13} fill="currentColor" aria-hidden="true" />}
          className={canStart ? undefined : styles.blocked}
          aria-disabled={!canStart}
          aria-describedby={readiness.ready ? undefined : reasonId}
          onClick={() => canStart && start()}
        >
          {t(isStarting ? 'start.starting' : 'start.train')}
        </Button>
      </Tooltip>
      <span id={reasonId} className="visually-hidden">
        {reason}
      </span>
    </>
  )
}

function whyNot(readiness: Exclude<Readiness, { ready: true }>, t: TFunction<'training'>): string {
  if (readiness.because !== 'problems') return t(`start.because.${readiness.because}`)
  return readiness.count === 1 ? readiness.message : t('start.because.problems', readiness)
}
