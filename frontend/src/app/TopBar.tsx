import { PanelBottom, PanelLeft, PanelRight, Redo2, Search, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { viewActions } from '../editor/view'
import { draftActions, useUndoDepth } from '../graph/useDraft'
import { RunPill } from '../runs/RunPill'
import { TrainButton } from '../training/TrainButton'
import { IconButton } from '../ui/IconButton'
import { showDrawer } from './drawer'
import { Logo } from './Logo'
import { togglePanel } from './panels'
import { ProjectMenu } from './ProjectMenu'
import { ReadyPill } from './ReadyPill'
import { ThemeMenu } from './ThemeMenu'
import styles from './TopBar.module.css'

/** The bar above every page: what is open, whether it is ready, what runs, and Train. */
export function TopBar() {
  const onBuild = useLocation().pathname === '/'
  const navigate = useNavigate()
  const showTraining = () => {
    showDrawer('training')
    void navigate('/')
  }
  return (
    <header className={styles.bar}>
      <Logo />
      <ProjectMenu />
      {onBuild && <BuildTools />}
      <span className={styles.gap} />
      <ReadyPill />
      <RunPill />
      <TrainButton onStarted={showTraining} />
      <ThemeMenu />
    </header>
  )
}

function BuildTools() {
  const { t } = useTranslation('app')
  const { undo, redo } = useUndoDepth()
  return (
    <>
      <div className={styles.group}>
        <IconButton
          label={t('bar.undo')}
          keys="Ctrl+Z"
          disabled={undo === 0}
          onClick={() => draftActions.undo()}
        >
          <Undo2 aria-hidden="true" />
        </IconButton>
        <IconButton
          label={t('bar.redo')}
          keys="Ctrl+Shift+Z"
          disabled={redo === 0}
          onClick={() => draftActions.redo()}
        >
          <Redo2 aria-hidden="true" />
        </IconButton>
      </div>
      <div className={styles.group}>
        <IconButton
          label={t('bar.commands')}
          keys="Ctrl+K"
          onClick={() => viewActions.openDialog('commands')}
        >
          <Search aria-hidden="true" />
        </IconButton>
        <IconButton label={t('bar.palette')} onClick={() => togglePanel('palette')}>
          <PanelLeft aria-hidden="true" />
        </IconButton>
        <IconButton label={t('bar.drawer')} onClick={() => togglePanel('drawer')}>
          <PanelBottom aria-hidden="true" />
        </IconButton>
        <IconButton label={t('bar.inspector')} onClick={() => togglePanel('inspector')}>
          <PanelRight aria-hidden="true" />
        </IconButton>
      </div>
    </>
  )
}
