import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import styles from './Evaluate.module.css'

interface ClassFieldProps {
  classes: readonly string[]
  onClass: (label: string) => void
}

const ANOTHER = '\u0001'

/** A class to give: one of those there are, or a new one by its name. */
export function ClassField({ classes, onClass }: ClassFieldProps) {
  const { t } = useTranslation('evaluate')
  const [isNew, setIsNew] = useState(false)
  const named = (name: string) => {
    setIsNew(false)
    if (name.trim() !== '') onClass(name.trim())
  }
  if (isNew)
    return (
      <TextField
        className={styles.newClass ?? ''}
        value=""
        commit="end"
        autoFocus
        maxLength={200}
        aria-label={t('correct.name')}
        placeholder={t('correct.name')}
        onChange={named}
      />
    )
  return (
    <div className={styles.choice}>
      <Select
        aria-label={t('correct.class')}
        placeholder={t('correct.choose')}
        value={null}
        options={[
          ...classes.map((label) => ({ value: label, label })),
          { value: ANOTHER, label: t('correct.other') },
        ]}
        onChange={(label) => (label === ANOTHER ? setIsNew(true) : onClass(label))}
      />
    </div>
  )
}
