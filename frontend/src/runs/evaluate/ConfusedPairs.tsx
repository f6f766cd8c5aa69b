import { useTranslation } from 'react-i18next'
import type { ClassificationReport } from '../../api/types'
import { formatNumber } from '../../ui/format'
import type { Pair } from './ConfusionMatrix'
import styles from './Matrix.module.css'

interface ConfusedPairsProps {
  pairs: ClassificationReport['confused']
  chosen: Pair | null
  onChoose: (pair: Pair) => void
}

/** The most frequent mistakes, where there are too many classes for a matrix. */
export function ConfusedPairs({ pairs, chosen, onChoose }: ConfusedPairsProps) {
  const { t } = useTranslation('evaluate')
  return (
    <section className={styles.figure} aria-label={t('matrix.pairs')}>
      <h3>{t('matrix.pairs')}</h3>
      {pairs.length === 0 && <p className={styles.caption}>{t('matrix.noMistakes')}</p>}
      <ul className={styles.pairs}>
        {pairs.map((pair) => (
          <li key={JSON.stringify([pair.true, pair.predicted])}>
            <button
              type="button"
              className={styles.pair}
              aria-pressed={chosen?.true === pair.true && chosen.said === pair.predicted}
              onClick={() => onChoose({ true: pair.true, said: pair.predicted })}
            >
              <span>{t('matrix.pair', { true: pair.true, said: pair.predicted })}</span>
              <span>{formatNumber(pair.count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
