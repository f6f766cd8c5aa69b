import { Download, FileCode2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { modelUrl } from '../../api/models'
import { useExports } from '../../api/modelQueries'
import type { RunSummary } from '../../api/types'
import { Button } from '../../ui/Button'
import { Popover } from '../../ui/Popover'
import { Skeleton } from '../../ui/Skeleton'
import { EpochSelect } from '../inside/EpochSelect'
import { FileRow } from './FileRow'
import styles from './FilesMenu.module.css'

/** The model of a run to take away, after any epoch, as a file of any format. */
export function FilesMenu({ run }: { run: RunSummary }) {
  const { t } = useTranslation('runs')
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<number | null>(null)
  const newest = run.checkpoint_epochs.at(-1)
  if (newest === undefined) return null
  const epoch = chosen !== null && run.checkpoint_epochs.includes(chosen) ? chosen : newest
  const trigger = (
    <Button size="small" icon={<Download size={13} aria-hidden="true" />}>
      {t('files.open')}
    </Button>
  )
  return (
    <Popover label={t('files.open')} open={open} onOpenChange={setOpen} trigger={trigger}>
      <div className={styles.head}>
        <span className={styles.title}>{t('files.title')}</span>
        <EpochSelect
          epochs={run.checkpoint_epochs}
          best={run.best_epoch}
          value={epoch}
          onChange={setChosen}
        />
      </div>
      <Formats key={epoch} run={run.id} epoch={epoch} />
      <p className={styles.note}>{t('files.note')}</p>
      <Programs run={run.id} />
    </Popover>
  )
}

/** Python that trains the same model again; it does not depend on the epoch. */
function Programs({ run }: { run: number }) {
  const { t } = useTranslation('runs')
  return (
    <ul className={styles.programs}>
      {(['script', 'notebook'] as const).map((kind) => (
        <li key={kind}>
          <a className={styles.row} href={modelUrl(run, 'last', kind)} download>
            <span className={styles.icon} aria-hidden="true">
              <FileCode2 />
            </span>
            <span className={styles.name}>{t(`files.format.${kind}`)}</span>
            <code className={styles.suffix}>{kind === 'script' ? '.py' : '.ipynb'}</code>
            <span className={styles.purpose}>{t(`files.for.${kind}`)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function Formats({ run, epoch }: { run: number; epoch: number }) {
  const { data: formats, error } = useExports(run, epoch, true)
  if (error)
    return (
      <p className={styles.wrong} role="alert">
        {error.message}
      </p>
    )
  if (!formats) return <Skeleton lines={8} height={34} />
  return (
    <ul className={styles.list}>
      {formats.map((one) => (
        <FileRow key={one.format} run={run} epoch={epoch} exportable={one} />
      ))}
    </ul>
  )
}
