import { useTranslation } from 'react-i18next'
import { formatMetric } from '../ui/format'
import styles from './MetricNumbers.module.css'
import { LEARNING_RATE, metricNames, spoken, validationName } from './metricNames'
import { latest, type Series } from './series'

const PLACES = 3

/** The newest value of every metric, in training and in validation, and what the last evaluation said. */
export function MetricNumbers({ series }: { series: Series }) {
  const { t } = useTranslation('runs')
  const names = metricNames(series)
  const tested = series.evaluations.find(({ split }) => split === 'test')
  if (names.length === 0) return null
  return (
    <table className={styles.numbers}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('numbers.train')}</th>
          <th scope="col">{t('numbers.validation')}</th>
          {tested && <th scope="col">{t('numbers.test')}</th>}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{spoken(name)}</th>
            <td>{formatMetric(latest(series, name), PLACES)}</td>
            <td>{formatMetric(latest(series, validationName(name)), PLACES)}</td>
            {tested && <td>{formatMetric(tested.metrics[name], PLACES)}</td>}
          </tr>
        ))}
        <LearningRate rate={latest(series, LEARNING_RATE)} />
      </tbody>
    </table>
  )
}

function LearningRate({ rate }: { rate: number | null | undefined }) {
  if (rate == null) return null
  return (
    <tr>
      <th scope="row">{spoken(LEARNING_RATE)}</th>
      <td>{formatMetric(rate, PLACES)}</td>
      <td />
    </tr>
  )
}
