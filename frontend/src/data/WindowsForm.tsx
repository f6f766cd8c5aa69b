import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../api/types'
import { Field } from '../ui/Field'
import { NumberField } from '../ui/NumberField'
import { ColumnSelect } from './ColumnSelect'
import styles from './DatasetPage.module.css'
import { useColumnPage } from './useColumnPage'
import type { WindowsEdit } from './windows'

interface WindowsFormProps {
  numbers: readonly Column[]
  windows: WindowsEdit
  onChange: (change: Partial<WindowsEdit>) => void
}

const LONGEST = 100_000
const CHIPS = 30
const STEPS = ['length', 'horizon', 'stride'] as const

/** Over which columns the windows go, what is predicted from them, and how far they reach. */
export function WindowsForm({ numbers, windows, onChange }: WindowsFormProps) {
  const { t } = useTranslation('data')
  const [over, target] = [useId(), useId()]
  const { shown, tools } = useColumnPage(numbers, CHIPS)
  const flip = (name: string) => {
    const isOn = windows.columns.includes(name)
    const wanted = numbers.filter((column) =>
      column.name === name ? !isOn : windows.columns.includes(column.name),
    )
    onChange({ columns: wanted.map((column) => column.name) })
  }
  return (
    <>
      <div role="group" aria-labelledby={over} className={styles.over}>
        <span id={over} className={styles.soft}>
          {t('windows.columns')}
        </span>
        {tools}
        <div className={styles.chips}>
          {shown.map(({ name }) => (
            <button
              key={name}
              type="button"
              className={styles.chip}
              aria-pressed={windows.columns.includes(name)}
              onClick={() => flip(name)}
            >
              {name}
            </button>
          ))}
        </div>
      </div>
      <div className={styles.reading}>
        <Field id={target} label={t('windows.target')}>
          <ColumnSelect
            id={target}
            columns={numbers}
            value={windows.target}
            onChange={(name) => onChange({ target: name })}
          />
        </Field>
        {STEPS.map((step) => (
          <Steps
            key={step}
            step={step}
            value={windows[step]}
            onChange={(value) => onChange({ [step]: value })}
          />
        ))}
      </div>
    </>
  )
}

interface StepsProps {
  step: (typeof STEPS)[number]
  value: number
  onChange: (value: number) => void
}

function Steps({ step, value, onChange }: StepsProps) {
  const { t } = useTranslation('data')
  const id = useId()
  return (
    <Field id={id} label={t(`windows.${step}`)}>
      <NumberField
        id={id}
        integer
        minimum={1}
        maximum={LONGEST}
        value={value}
        onChange={(next) => next !== null && onChange(next)}
      />
    </Field>
  )
}
