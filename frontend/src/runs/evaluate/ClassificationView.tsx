import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClassificationReport } from '../../api/types'
import { formatNumber } from '../../ui/format'
import { ClassTable } from './ClassTable'
import { ConfusionMatrix, type Pair } from './ConfusionMatrix'
import { ConfusedPairs } from './ConfusedPairs'
import styles from './Evaluate.module.css'
import { RocChart } from './RocChart'
import { rowsOf, Samples, type Source, type Which } from './Samples'

const LARGEST_MATRIX = 30

/** An output that names a class: what it confuses, class by class, and the rows behind every number. */
export function ClassificationView({ report, source }: { report: ClassificationReport; source: Source }) {
  const [pair, setPair] = useState<Pair | null>(null)
  const [which, setWhich] = useState<Which>('loss')
  const choose = (next: Pair) => {
    setPair(next)
    setWhich('cell')
  }
  const isSmall = report.matrix !== null && report.classes.length <= LARGEST_MATRIX
  return (
    <>
      <Notes report={report} />
      <div className={styles.sideBySide}>
        {isSmall ? (
          <ConfusionMatrix
            classes={report.classes}
            matrix={report.matrix ?? []}
            chosen={pair}
            onChoose={choose}
          />
        ) : (
          <ConfusedPairs pairs={report.confused} chosen={pair} onChoose={choose} />
        )}
        <Samples
          key={rowsOf(source)}
          source={source}
          which={which}
          pair={pair}
          onWhich={setWhich}
          kinds={KINDS}
        />
      </div>
      <div className={styles.sideBySide}>
        <ClassTable report={report} />
        {report.roc.length > 0 && <RocChart curves={report.roc} />}
      </div>
    </>
  )
}

const KINDS = ['loss', 'confident'] as const

/** How the numbers were read, where that is not plain. */
function Notes({ report }: { report: ClassificationReport }) {
  const { t } = useTranslation('evaluate')
  const notes = [
    report.applied !== null && t(`applied.${report.applied}`),
    !report.probabilities && t('scoresOnly'),
    report.not_finite > 0 && t('notFinite', { shown: formatNumber(report.not_finite) }),
    report.sampled_every > 1 && t('sampled', { step: formatNumber(report.sampled_every) }),
  ].filter((note) => note !== false)
  return notes.length > 0 && <p className={styles.note}>{notes.join(' ')}</p>
}
