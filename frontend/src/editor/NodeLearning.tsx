import { Snail, TriangleAlert, Zap } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../ui/cx'
import { formatNumber, formatPercent } from '../ui/format'
import { paceOf, useNodeFindings, useNodeSigns, type NodeSigns } from './learning'
import styles from './NodeLearning.module.css'

const SEEN = 0.01

/** Under a node: how long its steps are, which of its units have stopped to learn, what was found there. */
export function NodeLearning({ id }: { id: string }) {
  const signs = useNodeSigns(id)
  const findings = useNodeFindings(id)
  if (!signs && findings.length === 0) return null
  return (
    <div className={cx('layer-shape', styles.learning)}>
      {signs?.updateRatio != null && <Steps ratio={signs.updateRatio} />}
      {signs && <Units signs={signs} />}
      {findings.length > 0 && <Found messages={findings.map(({ message }) => message)} />}
    </div>
  )
}

/** The ring round a node whose weights move, in the colour of their pace. */
export function LearningRing({ id }: { id: string }) {
  const ratio = useNodeSigns(id)?.updateRatio ?? null
  return ratio === null ? null : (
    <span className={cx(styles.ring, styles[paceOf(ratio)])} aria-hidden="true" />
  )
}

function Steps({ ratio }: { ratio: number }) {
  const { t } = useTranslation('editor')
  const pace = paceOf(ratio)
  return (
    <span className={cx(styles.chip, styles[pace])} title={t(`learning.pace.${pace}`)}>
      {pace === 'slow' && <Snail aria-hidden="true" />}
      {pace === 'fast' && <Zap aria-hidden="true" />}
      <span className="visually-hidden">{t(`learning.pace.${pace}`)}</span>Δ {shortNumber(ratio)}
    </span>
  )
}

function Units({ signs: { dead, saturated } }: { signs: NodeSigns }) {
  const { t } = useTranslation('editor')
  const kinds = [
    { kind: 'dead', share: dead ?? 0 },
    { kind: 'saturated', share: saturated ?? 0 },
  ] as const
  return kinds
    .filter(({ share }) => share >= SEEN)
    .map(({ kind, share }) => (
      <span
        key={kind}
        className={cx(styles.chip, share >= 0.5 && styles.many)}
        title={t(`learning.${kind}Hint`)}
      >
        {t(`learning.${kind}`, { share: formatPercent(share, 0) })}
      </span>
    ))
}

function Found({ messages }: { messages: readonly string[] }) {
  const { t } = useTranslation('editor')
  return (
    <span className={cx(styles.chip, styles.found)} title={messages.join('\n')}>
      <TriangleAlert aria-hidden="true" />
      {t('learning.findings', { count: messages.length })}
    </span>
  )
}

/** Two digits are enough for a number that is looked at as large or small. */
export function shortNumber(value: number): string {
  return formatNumber(value >= 1e-3 ? Number(value.toPrecision(2)) : value)
}
