import { Check, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Cell, Predictions, Row } from '../../api/types'
import type { OutputRecipe } from '../../graph/document'
import { Bars } from '../../ui/Bars'
import { formatNumber } from '../../ui/format'
import { formatShare, readAnswer, type Answer } from './answer'
import type { Feed, Feeds } from './feeds'
import styles from './TryPanel.module.css'

interface AnswersProps {
  feeds: Feeds
  outputs: Record<string, OutputRecipe>
  /** The row that was asked about, to compare with what is true. */
  row: Row | undefined
  said: Predictions | undefined
  error: Error | null
  /** What stands there before there is an answer. */
  hint: string
}

const BARS = 5

/** What the model says, output by output. */
export function Answers({ feeds, outputs, row, said, error, hint }: AnswersProps) {
  if (error) {
    return (
      <p className={styles.error} role="alert">
        {error.message}
      </p>
    )
  }
  if (!said) return <p className={styles.waiting}>{hint}</p>
  return (
    <div className={styles.answers} aria-live="polite">
      {feeds.targets.map((target) => (
        <OneAnswer
          key={target.name}
          target={target}
          named={feeds.targets.length > 1}
          answer={readAnswer(said[target.name]?.[0] ?? null, target.columns[0], outputs[target.name])}
          truth={row?.[target.columns[0]?.name ?? ''] ?? null}
        />
      ))}
    </div>
  )
}

interface OneAnswerProps {
  target: Feed
  named: boolean
  answer: Answer
  truth: Cell
}

function OneAnswer({ target, named, answer, truth }: OneAnswerProps) {
  const { t } = useTranslation('runs')
  return (
    <div className={styles.answer} data-kind={answer.kind}>
      {named && <p className={styles.title}>{target.name}</p>}
      {answer.kind === 'classes' ? (
        <Bars
          label={t('try.answer')}
          marked={0}
          bars={answer.shares
            .slice(0, BARS)
            .map(({ label, share }) => ({ label, share, text: formatShare(share) }))}
        />
      ) : (
        <p className={styles.value}>{answer.values.map((value) => formatNumber(value, 4)).join(', ')}</p>
      )}
      {truth !== null && <Truth truth={truth} answer={answer} />}
    </div>
  )
}

/** The true label, and whether the model found it. */
function Truth({ truth, answer }: { truth: Cell; answer: Answer }) {
  const { t } = useTranslation('runs')
  const value = typeof truth === 'number' ? formatNumber(truth, 4) : String(truth)
  if (answer.kind === 'numbers') return <p className={styles.truth}>{t('try.truth', { value })}</p>
  const isRight = answer.shares[0]?.label === String(truth)
  const Mark = isRight ? Check : X
  return (
    <p className={styles.truth} data-right={isRight}>
      <Mark size={14} role="img" aria-label={t(isRight ? 'try.right' : 'try.wrong')} />
      {t('try.truth', { value })}
    </p>
  )
}
