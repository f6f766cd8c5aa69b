import { Gauge } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { draftActions } from '../../graph/useDraft'
import { useReport } from '../../graph/useReport'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { RateChart } from './RateChart'
import styles from './RateFinder.module.css'
import { useSweep } from './useSweep'

const RATE = ['compile', 'optimizer', 'config', 'learning_rate']

/** The button beside the learning rate, and the window in which one is found on the drawing and its data. */
export function RateFinder() {
  const { t } = useTranslation('training')
  const ready = useReport()?.ready ?? false
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        size="small"
        className={styles.open}
        icon={<Gauge size={13} aria-hidden="true" />}
        disabled={!ready}
        onClick={() => setOpen(true)}
      >
        {t('rates.open')}
      </Button>
      {open && <Finder onClose={() => setOpen(false)} />}
    </>
  )
}

function Finder({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('training')
  const { points, steps, sweep, error, start } = useSweep()
  const [begun, setBegun] = useState(false)
  const [chosen, setChosen] = useState<number | null>(null)
  const begin = () => {
    setBegun(true)
    setChosen(null)
    void start()
  }
  const rate =
    chosen ?? sweep?.steepest ?? (sweep ? (points[Math.floor(points.length / 2)]?.rate ?? null) : null)
  const take = () => {
    if (rate !== null) draftActions.setRecipe(RATE, Number(rate.toPrecision(2)))
    onClose()
  }
  const actions = (
    <>
      <Button onClick={begin} disabled={begun && !sweep && !error}>
        {t(begun ? 'rates.again' : 'rates.begin')}
      </Button>
      <Button look="primary" disabled={rate === null} onClick={take}>
        {rate === null ? t('rates.takeNone') : t('rates.take', { rate: text(rate) })}
      </Button>
    </>
  )
  return (
    <Dialog
      open
      onClose={onClose}
      size="wide"
      title={t('rates.title')}
      description={t('rates.text')}
      actions={actions}
    >
      <RateChart points={points} rate={sweep ? rate : null} onChange={setChosen} />
      <div className={styles.said} aria-live="polite">
        {begun && !sweep && !error && (
          <p>{points.length ? t('rates.step', { step: points.length, steps }) : t('rates.starting')}</p>
        )}
        {error && <p className={styles.wrong}>{error}</p>}
        {sweep?.steepest === null && <p>{t('rates.flat')}</p>}
        {sweep?.steepest != null && (
          <p>
            <Suggestion rate={sweep.steepest} text={t('rates.steepest')} chosen={rate} onChoose={setChosen} />
            {sweep.tenth !== null && (
              <Suggestion
                rate={sweep.tenth}
                text={t(sweep.tenth < sweep.steepest ? 'rates.safer' : 'rates.tenth')}
                chosen={rate}
                onChoose={setChosen}
              />
            )}
          </p>
        )}
      </div>
    </Dialog>
  )
}

interface SuggestionProps {
  rate: number
  text: string
  chosen: number | null
  onChoose: (rate: number) => void
}

function Suggestion({ rate, text: words, chosen, onChoose }: SuggestionProps) {
  return (
    <button
      type="button"
      className={styles.suggestion}
      aria-pressed={chosen === rate}
      onClick={() => onChoose(rate)}
    >
      <b>{text(rate)}</b> {words}
    </button>
  )
}

function text(rate: number): string {
  return rate >= 1e-3 ? String(Number(rate.toPrecision(2))) : rate.toExponential(1).replace('-', '−')
}
