import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reading } from '../api/types'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { NumberField } from '../ui/NumberField'
import { Panel } from '../ui/Panel'
import { Select } from '../ui/Select'
import { Switch } from '../ui/Switch'
import { TextField } from '../ui/TextField'
import styles from './DatasetPage.module.css'
import { Refused } from './Refused'
import type { Saving } from './useSaveVersion'
import { SavingProgress } from './SavingProgress'

interface FieldProps {
  reading: Reading
  onChange: (change: Partial<Reading>) => void
}

/** How the file was read, to be corrected: reading it again makes a new version. */
export function ReadAs({ stored, saving }: { stored: Reading; saving: Saving }) {
  const { t } = useTranslation('data')
  const [reading, setReading] = useState(stored)
  const { save, cancel, isSaving, isBusy, share, failure } = saving
  const isChanged = JSON.stringify(reading) !== JSON.stringify(stored)
  const fields = { reading, onChange: (change: Partial<Reading>) => setReading({ ...reading, ...change }) }
  const again = (
    <Button
      size="small"
      look={isChanged ? 'primary' : 'plain'}
      disabled={!isChanged || isSaving || isBusy}
      onClick={() => save([{ edit: 'read', reading }])}
    >
      {t('reading.again')}
    </Button>
  )
  return (
    <Panel title={t('reading.title')} aside={again}>
      <p className={styles.soft}>{t('reading.text')}</p>
      <div className={styles.reading}>
        <Labelled label={t('reading.format')}>
          <p className={styles.format}>{t(`reading.formats.${reading.format}`)}</p>
        </Labelled>
        {reading.format === 'csv' && <TextTable {...fields} />}
        {reading.format === 'excel' && <Sheet {...fields} />}
        {reading.format === 'images' && <Sizes {...fields} />}
        {reading.has_header !== null && (
          <OnOff
            label={t('reading.header')}
            on={reading.has_header}
            onChange={(has_header) => fields.onChange({ has_header })}
          />
        )}
        <OnOff
          label={t('reading.skipBroken')}
          on={reading.skip_broken}
          onChange={(skip_broken) => fields.onChange({ skip_broken })}
        />
      </div>
      {isSaving && <SavingProgress share={share} onStop={cancel} />}
      <Refused failure={failure} />
    </Panel>
  )
}

const ENCODINGS = ['utf-8', 'utf-16', 'cp949', 'euc-kr', 'shift_jis', 'gb18030', 'cp1252', 'latin-1']
const DELIMITERS = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'bar'],
  [' ', 'space'],
] as const

function TextTable({ reading, onChange }: FieldProps) {
  const { t } = useTranslation('data')
  const ids = [useId(), useId(), useId()] as const
  return (
    <>
      <Field id={ids[0]} label={t('reading.encoding')}>
        <Select
          id={ids[0]}
          value={reading.encoding}
          options={ENCODINGS.map((value) => ({ value, label: value }))}
          onChange={(encoding) => onChange({ encoding })}
        />
      </Field>
      <Field id={ids[1]} label={t('reading.delimiter')}>
        <Select
          id={ids[1]}
          value={reading.delimiter}
          options={DELIMITERS.map(([value, name]) => ({ value, label: t(`reading.delimiters.${name}`) }))}
          onChange={(delimiter) => onChange({ delimiter })}
        />
      </Field>
      <Field id={ids[2]} label={t('reading.missing')}>
        <TextField
          id={ids[2]}
          commit="end"
          placeholder={t('reading.missingHelp')}
          value={reading.missing.join(', ')}
          onChange={(text) =>
            onChange({
              missing: text
                .split(',')
                .map((one) => one.trim())
                .filter(Boolean),
            })
          }
        />
      </Field>
      <OnOff
        label={t('reading.decimalComma')}
        on={reading.decimal_comma ?? false}
        onChange={(decimal_comma) => onChange({ decimal_comma })}
      />
    </>
  )
}

function Sheet({ reading, onChange }: FieldProps) {
  const { t } = useTranslation('data')
  const id = useId()
  return (
    <Field id={id} label={t('reading.sheet')}>
      <TextField id={id} commit="end" value={reading.sheet ?? ''} onChange={(sheet) => onChange({ sheet })} />
    </Field>
  )
}

const LARGEST_SIDE = 1024

function Sizes({ reading, onChange }: FieldProps) {
  const { t } = useTranslation('data')
  const [height, width] = reading.image_size ?? [null, null]
  const side = (place: 0 | 1) => (size: number | null) => {
    if (size === null) return
    onChange({ image_size: place === 0 ? [size, width ?? size] : [height ?? size, size] })
  }
  const range = { integer: true, minimum: 1, maximum: LARGEST_SIDE }
  return (
    <>
      <Labelled label={t('reading.height')}>
        <NumberField {...range} aria-label={t('reading.height')} value={height} onChange={side(0)} />
      </Labelled>
      <Labelled label={t('reading.width')}>
        <NumberField {...range} aria-label={t('reading.width')} value={width} onChange={side(1)} />
      </Labelled>
    </>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.labelled}>
      <span className={styles.soft}>{label}</span>
      {children}
    </div>
  )
}

function OnOff({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  const id = useId()
  return (
    <div className={styles.onOff}>
      <Switch id={id} checked={on} onChange={onChange} />
      <label htmlFor={id}>{label}</label>
    </div>
  )
}
