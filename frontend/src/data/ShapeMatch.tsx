import { ArrowRight, Check, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './DataPanel.module.css'

interface ShapeMatchProps {
  /** The shape of a sample of the data, or null where columns can not be joined. */
  given: string | null
  /** The shape on the side of the drawing, or null where it is not known. */
  wanted: string | null
  isFitting: boolean
}

/** The shapes on both sides of a binding, and whether they fit. */
export function ShapeMatch({ given, wanted, isFitting }: ShapeMatchProps) {
  const { t } = useTranslation('data')
  const Mark = isFitting ? Check : X
  return (
    <span className={styles.match} data-fits={wanted === null ? undefined : isFitting}>
      <span className="mono">{given ?? '–'}</span>
      <ArrowRight size={12} role="img" aria-label={t('panel.into')} />
      <span className="mono">{wanted ?? '?'}</span>
      {wanted !== null && (
        <Mark size={13} role="img" aria-label={t(isFitting ? 'panel.fits' : 'panel.misfits')} />
      )}
    </span>
  )
}
