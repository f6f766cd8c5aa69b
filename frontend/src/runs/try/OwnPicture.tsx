import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cell, Column } from '../../api/types'
import { Pixels } from '../../data/Pixels'
import { Switch } from '../../ui/Switch'
import { inverted } from './picture'
import { PictureButton } from './PictureButton'
import styles from './TryPanel.module.css'

interface OwnPictureProps {
  column: Column
  /** Called with the picture as the network sees it. */
  onSeen: (cell: Cell) => void
  seen: Cell
}

/** A picture of a person's own, shown as the network sees it; dark on light may be turned round. */
export function OwnPicture({ column, onSeen, seen }: OwnPictureProps) {
  const { t } = useTranslation('runs')
  const id = useId()
  const [turned, setTurned] = useState(false)
  return (
    <div className={styles.padFrame}>
      {seen === null ? (
        <div className={styles.pad} data-empty="true">
          {t('try.noneYet')}
        </div>
      ) : (
        <Pixels cell={seen} label={t('try.seen')} className={styles.pad} />
      )}
      <PictureButton column={column} onPicture={(cell) => onSeen(turned ? inverted(cell) : cell)} />
      <label className={styles.invert} htmlFor={id}>
        <Switch
          id={id}
          checked={turned}
          onChange={(next) => {
            setTurned(next)
            if (seen !== null) onSeen(inverted(seen))
          }}
        />
        {t('try.invert')}
      </label>
    </div>
  )
}
