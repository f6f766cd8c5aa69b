import { useTranslation } from 'react-i18next'
import type { ClassificationReport } from '../../api/types'
import { formatMetric, formatNumber } from '../../ui/format'
import styles from './Evaluate.module.css'

const FIGURES = ['precision', 'recall', 'f1'] as const

/** Each class against all others, and the means. */
export function ClassTable({ report }: { report: ClassificationReport }) {
  const { t } = useTranslation('evaluate')
  const means = [
    ['macro', report.macro, report.macro_auc],
    ['weighted', report.weighted, null],
  ] as const
  return (
    <section className={styles.part} aria-label={t('classes.title')}>
      <h3>{t('classes.title')}</h3>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('classes.title')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('classes.name')}</th>
              {FIGURES.map((figure) => (
                <th key={figure} scope="col">
                  {t(`classes.${figure}`)}
                </th>
              ))}
              <th scope="col">{t('classes.auc')}</th>
              <th scope="col">{t('classes.support')}</th>
            </tr>
          </thead>
          <tbody>
            {report.scores.map((scores) => (
              <tr key={scores.label}>
                <th scope="row">{scores.label}</th>
                {FIGURES.map((figure) => (
                  <td key={figure}>{formatMetric(scores[figure])}</td>
                ))}
                <td>{formatMetric(scores.auc)}</td>
                <td>{formatNumber(scores.support)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {means.map(([name, average, auc]) => (
              <tr key={name}>
                <th scope="row">{t(`classes.${name}`)}</th>
                {FIGURES.map((figure) => (
                  <td key={figure}>{formatMetric(average[figure])}</td>
                ))}
                <td>{auc !== null && formatMetric(auc)}</td>
                <td>{formatNumber(report.rows)}</td>
              </tr>
            ))}
          </tfoot>
        </table>
      </div>
    </section>
  )
}
