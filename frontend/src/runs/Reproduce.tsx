import { BadgeCheck, CircleAlert, LoaderCircle, RotateCcw, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { useReproduction, useReproductionCommands } from '../api/toolQueries'
import { isEnded } from '../api/streamCursor'
import type { Reproduction, RunState } from '../api/types'
import { Button } from '../ui/Button'
import { formatDuration } from '../ui/format'
import styles from './Reproduce.module.css'

const complain = (error: Error) => toast.error(error.message)

/** Trains a run again by its exported script alone, and says whether it gave the same losses. */
export function Reproduce({ run, state, epochs }: { run: number; state: RunState; epochs: number }) {
  const { t } = useTranslation('runs')
  const { data: told } = useReproduction(run)
  const { begin, cancel } = useReproductionCommands(run)
  const running = told?.state === 'running'
  const possible = isEnded(state) && epochs > 0
  return (
    <div className={styles.reproduce}>
      <p className={styles.text}>{t('reproduce.text')}</p>
      <div aria-live="polite" className={styles.state}>
        {running && (
          <p className={styles.line}>
            <LoaderCircle className={styles.busy} aria-hidden="true" />
            {told.epoch > 0 ? t('reproduce.epoch', told) : t('reproduce.starting')}
          </p>
        )}
        {told?.state === 'failed' && <p className={styles.wrong}>{told.error}</p>}
        {told?.result && <Verdict result={told.result} />}
      </div>
      {running ? (
        <Button
          size="small"
          icon={<X size={13} aria-hidden="true" />}
          onClick={() => cancel.mutate(undefined, { onError: complain })}
        >
          {t('reproduce.cancel')}
        </Button>
      ) : (
        <Button
          size="small"
          icon={<RotateCcw size={13} aria-hidden="true" />}
          disabled={!possible || begin.isPending}
          onClick={() => begin.mutate(undefined, { onError: complain })}
        >
          {t(told?.result ? 'reproduce.again' : 'reproduce.begin')}
        </Button>
      )}
      {!possible && <p className={styles.text}>{t('reproduce.notYet')}</p>}
    </div>
  )
}

/** In words, with the numbers where they differ. */
function Verdict({ result }: { result: Reproduction }) {
  const { t } = useTranslation('runs')
  const { verdict, first, largest, versions } = result
  const Icon = verdict === 'different' ? CircleAlert : BadgeCheck
  return (
    <div className={styles.verdict} data-verdict={verdict}>
      <p className={styles.line}>
        <Icon aria-hidden="true" />
        <b>{t(`reproduce.verdict.${verdict}`, { epoch: first?.epoch })}</b>
      </p>
      <p className={styles.text}>
        {t('reproduce.compared', {
          count: result.epochs,
          metrics: result.metrics.join(', '),
          time: formatDuration(result.seconds),
        })}
        {verdict === 'close' && ` ${t('reproduce.largest', { difference: largest?.toExponential(1) })}`}
      </p>
      {first && (
        <dl className={styles.numbers}>
          <dt>{t('reproduce.ofRun', { metric: first.metric, epoch: first.epoch })}</dt>
          <dd>{shown(first.expected)}</dd>
          <dt>{t('reproduce.ofScript')}</dt>
          <dd>{shown(first.received)}</dd>
        </dl>
      )}
      {Object.entries(versions).map(([name, version]) => (
        <p key={name} className={styles.text}>
          {t('reproduce.version', { name, version })}
        </p>
      ))}
    </div>
  )
}

function shown(value: number | null): string {
  return value === null ? '–' : String(value)
}
