import { ChevronDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { DataPanel } from '../data/DataPanel'
import { CodePanel } from '../editor/code/CodePanel'
import { ProblemsBadge, ProblemsPanel } from '../editor/ProblemsPanel'
import { useDraft } from '../graph/useDraft'
import { TrainingPanel } from '../training/TrainingPanel'
import { IconButton } from '../ui/IconButton'
import { Tabs } from '../ui/Tabs'
import styles from './Drawer.module.css'
import { openProject } from './drafts'
import { drawerStore, showDrawer } from './drawer'
import { togglePanel } from './panels'

/** Below the canvas: how it is trained and how that goes, what is wrong, what it learns from. */
export function Drawer() {
  const { t } = useTranslation('app')
  const tab = useStore(drawerStore, (state) => state.tab)
  const dataset = useDraft((draft) => draft.recipe?.data.dataset)
  const problems = (
    <>
      {t('drawer.problems')} <ProblemsBadge />
    </>
  )
  return (
    <section className={styles.drawer} aria-label={t('drawer.label')}>
      <Tabs
        label={t('drawer.label')}
        value={tab}
        onChange={showDrawer}
        tabs={[
          { value: 'training', label: t('drawer.training'), content: <TrainingPanel /> },
          { value: 'problems', label: problems, content: <ProblemsPanel /> },
          { value: 'code', label: t('drawer.code'), content: <CodePanel /> },
          {
            value: 'data',
            label: dataset ? t('drawer.dataOf', { dataset }) : t('drawer.data'),
            content: <DataPanel onOpen={openProject} />,
          },
        ]}
        aside={
          <IconButton label={t('bar.drawer')} onClick={() => togglePanel('drawer')}>
            <ChevronDown aria-hidden="true" />
          </IconButton>
        }
      />
    </section>
  )
}
