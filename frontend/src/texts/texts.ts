import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

const files = import.meta.glob<Record<string, unknown>>('./*/*.json', { eager: true, import: 'default' })

/** Every text of the app by language and room: `en/editor.json` is the namespace `editor` of `en`. */
function resources(): Record<string, Record<string, Record<string, unknown>>> {
  const all: Record<string, Record<string, Record<string, unknown>>> = {}
  for (const [path, texts] of Object.entries(files)) {
    const [, language = '', room = ''] = /^\.\/(.+)\/(.+)\.json$/.exec(path) ?? []
    all[language] = { ...all[language], [room]: texts }
  }
  return all
}

/** Makes the texts ready; English is what every language falls back to. */
export async function loadTexts(language = 'en'): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'app',
    resources: resources(),
    interpolation: { escapeValue: false },
  })
}
