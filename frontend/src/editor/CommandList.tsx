import { Command as Cmdk } from 'cmdk'
import { useTranslation } from 'react-i18next'
import type { Command } from './commands'
import styles from './CommandList.module.css'
import { useView, viewActions } from './view'

/** Everything that can be done, to search by name (Ctrl+K). `extra` is what the app adds to the editor's own. */
export function CommandList({ commands }: { commands: readonly Command[] }) {
  const { t } = useTranslation()
  const open = useView((view) => view.dialog === 'commands')
  const close = () => viewActions.openDialog(null)
  return (
    <Cmdk.Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      label={t('editor:command.title')}
      overlayClassName={styles.scrim ?? ''}
      contentClassName={styles.box ?? ''}
      loop
    >
      <Cmdk.Input className={styles.input} placeholder={t('editor:command.placeholder')} />
      <Cmdk.List className={styles.list} label={t('editor:command.title')}>
        <Cmdk.Empty className={styles.nothing}>{t('editor:search.nothing')}</Cmdk.Empty>
        {commands
          .filter((command) => command.enabled?.() ?? true)
          .map((command) => (
            <Cmdk.Item
              key={command.id}
              value={t(command.text)}
              className={styles.item}
              onSelect={() => {
                close()
                command.run()
              }}
            >
              <command.icon size={15} aria-hidden="true" />
              <span className={styles.label}>{t(command.text)}</span>
              {command.keys && <kbd className={styles.keys}>{command.keys}</kbd>}
            </Cmdk.Item>
          ))}
      </Cmdk.List>
    </Cmdk.Dialog>
  )
}
