import { ChartNoAxesCombined } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useBoardRuns } from '../api/toolQueries'
import type { RunState } from '../api/types'
import { Button } from '../ui/Button'
import { Tooltip } from '../ui/Tooltip'
import styles from './RunActions.module.css'

/** Opens TensorBoard on a run; where the run wrote no logs for it, says how to get some. */
export function BoardLink({ run, state }: { run: number; state: RunState }) {
  const { t } = useTranslation('runs')
  const navigate = useNavigate()
  const { data: runs } = useBoardRuns(run, state)
  const logged = runs?.includes(run) ?? false
  return (
    <Tooltip text={t(logged ? 'board.hint' : 'board.none')}>
      <Button
        size="small"
        icon={<ChartNoAxesCombined size={13} aria-hidden="true" />}
        className={logged ? undefined : styles.without}
        aria-disabled={!logged}
        onClick={() => logged && void navigate(`/board?run=${run}`)}
      >
        {t('board.name')}
      </Button>
    </Tooltip>
  )
}
