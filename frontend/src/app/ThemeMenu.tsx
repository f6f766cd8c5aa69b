import { Check, Monitor, Moon, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { IconButton } from '../ui/IconButton'
import { Menu } from '../ui/Menu'
import { setTheme, themeStore, type Theme } from './theme'

const THEMES: readonly Theme[] = ['system', 'light', 'dark']
const ICONS = { system: Monitor, light: Sun, dark: Moon }

/** Light, dark, or as the system has it. */
export function ThemeMenu() {
  const { t } = useTranslation('app')
  const { theme, shown } = useStore(themeStore)
  const Icon = ICONS[shown]
  const items = THEMES.map((one) => {
    const Own = ICONS[one]
    return {
      label: t(`theme.${one}`),
      icon: <Own />,
      onSelect: () => setTheme(one),
      ...(one === theme ? { hint: <Check size={14} /> } : {}),
    }
  })
  return (
    <Menu groups={[{ items }]}>
      <IconButton label={t('theme.label')}>
        <Icon aria-hidden="true" />
      </IconButton>
    </Menu>
  )
}
