import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isObject, type JsonValue } from '../graph/json'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { NumberField } from '../ui/NumberField'
import type { InputProps } from './ParameterInput'
import styles from './RatesField.module.css'
import { ScheduleField } from './ScheduleField'
import { nextRate, type Rate, ratesOf } from './rates'

/** Learning rates by epoch: rows of "from this epoch on, this rate", or one of Keras's schedules asked once an epoch. */
export function RatesField(props: InputProps) {
  const { id, value, onChange } = props
  const { t } = useTranslation('editor')
  const rates = ratesOf(value)
  const set = (next: readonly Rate[]) => onChange(next as unknown as JsonValue)
  const replace = (at: number, rate: Rate) => set(rates.map((one, index) => (index === at ? rate : one)))
  return (
    <div className={styles.rates}>
      {!isObject(value) && (
        <>
          {rates.map(([epoch, rate], index) => (
            <div key={index} className={styles.row}>
              <NumberField
                {...(index === 0 ? { id } : {})}
                value={epoch}
                integer
                minimum={1}
                aria-label={t('rates.epoch', { row: index + 1 })}
                onChange={(next) => next !== null && replace(index, [next, rate])}
              />
              <NumberField
                value={rate}
                minimum={0}
                aria-label={t('rates.rate', { row: index + 1 })}
                onChange={(next) => next !== null && replace(index, [epoch, next])}
              />
              <IconButton
                label={t('rates.remove', { row: index + 1 })}
                onClick={() => set(rates.filter((_, at) => at !== index))}
              >
                <Trash2 aria-hidden="true" />
              </IconButton>
            </div>
          ))}
          <Button
            size="small"
            look="quiet"
            icon={<Plus aria-hidden="true" />}
            onClick={() => set([...rates, nextRate(rates)])}
          >
            {t('rates.add')}
          </Button>
        </>
      )}
      <ScheduleField
        {...props}
        id={`${id}-schedule`}
        value={isObject(value) ? value : undefined}
        constant={t('rates.table')}
        onChange={(next) => onChange(next ?? ([nextRate([])] as unknown as JsonValue))}
      />
    </div>
  )
}
