import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import { CommandList } from '../editor/CommandList'
import { Inspector } from '../editor/Inspector'
import { Outline } from '../editor/Outline'
import { Palette } from '../editor/Palette'
import { PickNode } from '../editor/PickNode'
import { ShortcutSheet } from '../editor/ShortcutSheet'
import { useShortcuts } from '../editor/useShortcuts'
import { useDraft } from '../graph/useDraft'
import { NodeWeights } from '../runs/inside/NodeWeights'
import { Tabs } from '../ui/Tabs'
import styles from './BuildPage.module.css'
import { DraftCanvas } from './DraftCanvas'
import { Drawer } from './Drawer'
import { PinInspector } from './PinInspector'
import { registerPanel } from './panels'
import { useCommands } from './useCommands'

/** The home screen: palette, canvas, inspector, and a drawer below them. */
export function BuildPage() {
  const { t } = useTranslation(['app', 'editor'])
  const name = useDraft((draft) => draft.name)
  const rows = useDefaultLayout({ id: 'layerloom.rows', storage: localStorage })
  const columns = useDefaultLayout({ id: 'layerloom.columns', storage: localStorage })
  const refs = useMemo(
    () => ({
      palette: registerPanel('palette'),
      inspector: registerPanel('inspector'),
      drawer: registerPanel('drawer'),
    }),
    [],
  )
  const commands = useCommands()
  useShortcuts(commands)
  return (
    <main className={styles.build}>
      <h1 className="visually-hidden">{t('app:build.title', { name })}</h1>
      <Group orientation="vertical" id="rows" {...rows}>
        <Panel id="upper" minSize={200}>
          <Group orientation="horizontal" id="columns" {...columns}>
            <Panel
              id="palette"
              panelRef={refs.palette}
              defaultSize={216}
              minSize={170}
              maxSize={360}
              collapsible
              groupResizeBehavior="preserve-pixel-size"
            >
              <LeftSide />
            </Panel>
            <Separator className={styles.column} aria-label={t('app:build.resizePalette')} />
            <Panel id="canvas" minSize={260}>
              <DraftCanvas />
            </Panel>
            <Separator className={styles.column} aria-label={t('app:build.resizeInspector')} />
            <Panel
              id="inspector"
              panelRef={refs.inspector}
              defaultSize={288}
              minSize={220}
              maxSize={480}
              collapsible
              groupResizeBehavior="preserve-pixel-size"
            >
              <aside className={styles.side} aria-label={t('editor:inspector.label')}>
                <Inspector
                  below={(node) => (node.type === 'Input' ? <PinInspector /> : <NodeWeights node={node} />)}
                />
              </aside>
            </Panel>
          </Group>
        </Panel>
        <Separator className={styles.row} aria-label={t('app:build.resizeDrawer')} />
        <Panel
          id="drawer"
          panelRef={refs.drawer}
          defaultSize={264}
          minSize={120}
          collapsible
          collapsedSize={39}
          groupResizeBehavior="preserve-pixel-size"
        >
          <Drawer />
        </Panel>
      </Group>
      <CommandList commands={commands} />
      <ShortcutSheet commands={commands} />
      <PickNode />
    </main>
  )
}

/** The layers to add, or the drawing as a list. */
function LeftSide() {
  const { t } = useTranslation(['app', 'editor'])
  const [tab, setTab] = useState<'layers' | 'outline'>('layers')
  return (
    <aside className={styles.side} aria-label={t('editor:palette.label')}>
      <Tabs
        label={t('app:build.left')}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'layers', label: t('editor:palette.label'), content: <Palette /> },
          { value: 'outline', label: t('editor:outline.label'), content: <Outline /> },
        ]}
      />
    </aside>
  )
}
