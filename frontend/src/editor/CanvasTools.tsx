import { Panel } from '@xyflow/react'
import { Map as MapIcon, Maximize, Minus, Mouse, Plus, Touchpad, Workflow } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton'
import { autoLayout, fitView, zoomBy } from './actions'
import styles from './CanvasTools.module.css'
import { useView, viewActions } from './view'

/** What is done to the canvas as a whole, at its lower left. */
export function CanvasTools() {
  const { t } = useTranslation('editor')
  const minimap = useView((view) => view.minimap)
  const trackpad = useView((view) => view.navigation === 'trackpad')
  return (
    <Panel position="bottom-left" className={styles.tools} role="toolbar" aria-label={t('tools.label')}>
      <IconButton label={t('tools.zoomOut')} keys="−" onClick={() => zoomBy(0.8)}>
        <Minus aria-hidden="true" />
      </IconButton>
      <IconButton label={t('tools.zoomIn')} keys="+" onClick={() => zoomBy(1.25)}>
        <Plus aria-hidden="true" />
      </IconButton>
      <IconButton label={t('tools.fit')} keys="1" onClick={() => fitView()}>
        <Maximize aria-hidden="true" />
      </IconButton>
      <IconButton label={t('tools.arrange')} keys="Shift+L" onClick={() => void autoLayout()}>
        <Workflow aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t('tools.minimap')}
        keys="M"
        pressed={minimap}
        onClick={() => viewActions.toggleMinimap()}
      >
        <MapIcon aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t(trackpad ? 'tools.trackpad' : 'tools.mouse')}
        onClick={() => viewActions.setNavigation(trackpad ? 'mouse' : 'trackpad')}
      >
        {trackpad ? <Touchpad aria-hidden="true" /> : <Mouse aria-hidden="true" />}
      </IconButton>
    </Panel>
  )
}
