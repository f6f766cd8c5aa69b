import { CircleAlert, TriangleAlert, Wand2, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { Fix, Problem } from '../graph/report'
import { draftActions } from '../graph/useDraft'
import { Button } from '../ui/Button'
import { cx } from '../ui/cx'
import { formatNumber } from '../ui/format'
import styles from './ProblemNote.module.css'

/** One problem in words, with a button for each way out. */
export function ProblemNote({ problem }: { problem: Problem }) {
  return (
    <div className={styles.note}>
      <Message problem={problem} />
      <WaysOut problem={problem} />
    </div>
  )
}

/** What is wrong, in words. */
export function Message({ problem }: { problem: Problem }) {
  const { t } = useTranslation('editor')
  const Icon = problem.severity === 'error' ? CircleAlert : TriangleAlert
  return (
    <p className={cx(styles.message, styles[problem.severity])}>
      <Icon className={styles.icon} role="img" aria-label={t(`node.${problem.severity}`)} />
      <span>{problem.message}</span>
    </p>
  )
}

/** The ways out of a problem as buttons that say what they cost; what came with a file can be dismissed. */
export function WaysOut({ problem }: { problem: Problem }) {
  const { t } = useTranslation('editor')
  return (
    <div className={styles.fixes}>
      {problem.fixes.map((fix) => (
        <FixButton key={fix.label} fix={fix} />
      ))}
      {problem.fromFile !== undefined && (
        <Button
          size="small"
          className={cx('nodrag', styles.dismiss)}
          icon={<X aria-hidden="true" />}
          onClick={() => draftActions.dismiss([problem])}
        >
          {t('problems.dismiss')}
        </Button>
      )}
    </div>
  )
}

function FixButton({ fix }: { fix: Fix }) {
  const { t } = useTranslation('editor')
  const apply = () => {
    try {
      draftActions.applyPatch(fix.patch)
    } catch {
      // The drawing moved on since the check that proposed this; the next check proposes what fits now.
      toast.warning(t('problems.stale'))
    }
  }
  return (
    <button type="button" className={cx('nodrag', styles.fix)} onClick={apply}>
      <Wand2 className={styles.icon} aria-hidden="true" />
      <span className={styles.label}>{fix.label}</span>
      {fix.parameters_added !== null && fix.parameters_added !== 0 && (
        <span className={styles.cost}>{t('problems.cost', { cost: signed(fix.parameters_added) })}</span>
      )}
    </button>
  )
}

function signed(count: number): string {
  return count > 0 ? `+${formatNumber(count)}` : formatNumber(count)
}
