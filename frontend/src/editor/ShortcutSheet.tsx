import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/Dialog'
import type { Command } from './commands'
import styles from './ShortcutSheet.module.css'
import { useView, viewActions } from './view'

/** Gestures and keys that are no commands, by the keys of their texts. */
const GESTURES = [
  'commands',
  'paste',
  'nudge',
  'bigNudge',
  'walk',
  'box',
  'pan',
  'zoom',
  'wire',
  'drop',
  'splice',
  'escape',
] as const

/** Every key and gesture in one place (`?`). */
export function ShortcutSheet({ commands }: { commands: readonly Command[] }) {
  const { t } = useTranslation()
  const open = useView((view) => view.dialog === 'shortcuts')
  return (
    <Dialog
      open={open}
      onClose={() => viewActions.openDialog(null)}
      title={t('editor:shortcuts.title')}
      size="wide"
    >
      <dl className={styles.sheet}>
        {commands
          .filter((command) => command.keys)
          .map((command) => (
            <div key={command.id} className={styles.row}>
              <dt>{t(command.text)}</dt>
              <dd>
                <kbd>{command.keys}</kbd>
              </dd>
            </div>
          ))}
        {GESTURES.map((gesture) => (
          <div key={gesture} className={styles.row}>
            <dt>{t(`editor:shortcuts.${gesture}`)}</dt>
            <dd>
              <kbd>{t(`editor:shortcuts.${gesture}Keys`)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
