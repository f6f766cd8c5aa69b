import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { JsonValue } from '../graph/json'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { ObjectField } from './ObjectField'
import type { InputProps } from './ParameterInput'
import styles from './ParameterInput.module.css'

/** Several layers in a row, inside a config. */
export function ObjectListField({ id, parameter, value, onChange, invalid }: InputProps) {
  const { t } = useTranslation('editor')
  const items = Array.isArray(value) ? value : []
  const replace = (at: number, next: JsonValue | undefined) =>
    onChange(items.flatMap((item, index) => (index === at ? (next === undefined ? [] : [next]) : [item])))
  const one = { ...parameter, kind: 'layer' as const, nullable: false, default: null }
  return (
    <div className={styles.items}>
      {items.map((item, index) => (
        <div key={index} className={styles.row}>
          <div>
            <ObjectField
              id={index === 0 ? id : `${id}-${index}`}
              parameter={one}
              value={item}
              invalid={invalid}
              family="layers"
              onChange={(next) => replace(index, next)}
            />
          </div>
          <IconButton label={t('field.removeItem')} onClick={() => replace(index, undefined)}>
            <Trash2 aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus aria-hidden="true" />}
        onClick={() => onChange([...items, { type: 'Dense', config: {} }])}
      >
        {t('field.addItem')}
      </Button>
    </div>
  )
}
