import { Panel, useReactFlow } from '@xyflow/react'
import { Maximize, Minus, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton'
import styles from './CanvasTools.module.css'

export const FIT = { padding: 0.12, maxZoom: 1 }

/** Nearer and further, for a drawing that is only looked at. */
export function ZoomTools() {
  const { t } = useTranslation('editor')
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  return (
    <Panel position="bottom-left" className={styles.tools} role="toolbar" aria-label={t('tools.label')}>
      <IconButton label={t('tools.zoomOut')} onClick={() => void zoomOut()}>
        <Minus aria-hidden="true" />
      </IconButton>
      <IconButton label={t('tools.zoomIn')} onClick={() => void zoomIn()}>
        <Plus aria-hidden="true" />
      </IconButton>
      <IconButton label={t('tools.fit')} onClick={() => void fitView(FIT)}>
        <Maximize aria-hidden="true" />
      </IconButton>
    </Panel>
  )
}
