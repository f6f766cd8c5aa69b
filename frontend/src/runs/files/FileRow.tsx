import { BadgeCheck, Download, LoaderCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { modelUrl } from '../../api/models'
import { useMakeExport } from '../../api/modelQueries'
import type { Exportable, ModelFile } from '../../api/types'
import { formatBytes } from '../../ui/format'
import { saveFrom } from '../../ui/saveBlob'
import styles from './FilesMenu.module.css'

interface FileRowProps {
  run: number
  epoch: number
  exportable: Exportable
}

/** One format: what it is for, whether its file was tried and how far it differs, or why there is none. */
export function FileRow({ run, epoch, exportable }: FileRowProps) {
  const { t } = useTranslation('runs')
  const make = useMakeExport(run, epoch)
  const { format, suffix, installed, file } = exportable
  const take = () => make.mutate(format, { onSuccess: () => saveFrom(modelUrl(run, epoch, format)) })
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        disabled={!installed || make.isPending}
        aria-busy={make.isPending}
        onClick={take}
      >
        <span className={styles.icon} aria-hidden="true">
          {make.isPending ? <LoaderCircle className={styles.busy} /> : <Download />}
        </span>
        <span className={styles.name}>{t(`files.format.${format}`)}</span>
        <code className={styles.suffix}>{suffix}</code>
        <span className={styles.purpose}>{t(`files.for.${format}`)}</span>
        {make.isPending && <span className={styles.state}>{t('files.making')}</span>}
        {!make.isPending && !make.error && file && <Verified file={file} />}
        {!installed && (
          <span className={styles.state}>
            {t('files.missing')} <code>pip install layerloom[{format}]</code>
          </span>
        )}
      </button>
      {make.error && (
        <p className={styles.wrong} role="alert">
          {make.error.message}
        </p>
      )}
    </li>
  )
}

function Verified({ file }: { file: ModelFile }) {
  const { t } = useTranslation('runs')
  const difference = file.relative_difference === 0 ? '0' : file.relative_difference.toExponential(0)
  return (
    <span className={styles.verified}>
      <BadgeCheck aria-hidden="true" />
      {t('files.verified', { difference, size: formatBytes(file.size_bytes) })}
    </span>
  )
}
