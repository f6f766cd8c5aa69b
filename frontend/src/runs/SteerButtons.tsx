import { Pause, Play, Square } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { usePauseRun, useResumeRun, useStopRun } from '../api/queries'
import { isEnded } from '../api/streamCursor'
import type { RunState, RunSummary } from '../api/types'
import { Button } from '../ui/Button'
import { followAgain } from './liveRuns'

const complain = (error: Error) => toast.error(error.message)

/** Pause a run, stop it, let it go on. */
export function SteerButtons({ run, state }: { run: RunSummary; state: RunState }) {
  const { t } = useTranslation('runs')
  const pause = usePauseRun()
  const stop = useStopRun()
  const resume = useResumeRun()
  const command = { run: run.id, argument: null }
  const endedWithWeights = (state === 'stopped' || state === 'failed') && run.checkpoint_epochs.length > 0
  // A step may take long: until it is done the run is asked to pause, and not paused yet.
  const isPausing = pause.isPending || (pause.isSuccess && state === 'running')
  const goOn = () => {
    pause.reset()
    resume.mutate(command, { onSuccess: () => followAgain(run.id), onError: complain })
  }
  return (
    <>
      {(state === 'running' || state === 'queued') && (
        <Button
          size="small"
          icon={<Pause size={12} fill="currentColor" aria-hidden="true" />}
          disabled={isPausing}
          onClick={() => pause.mutate(command, { onError: complain })}
        >
          {t(isPausing ? 'action.pausing' : 'action.pause')}
        </Button>
      )}
      {(state === 'paused' || endedWithWeights) && (
        <Button
          size="small"
          look={state === 'paused' ? 'primary' : 'plain'}
          icon={<Play size={12} fill="currentColor" aria-hidden="true" />}
          disabled={resume.isPending}
          onClick={goOn}
        >
          {t('action.resume')}
        </Button>
      )}
      {!isEnded(state) && (
        <Button
          size="small"
          icon={<Square size={12} fill="currentColor" aria-hidden="true" />}
          disabled={stop.isPending}
          onClick={() => stop.mutate(command, { onError: complain })}
        >
          {t('action.stop')}
        </Button>
      )}
    </>
  )
}
