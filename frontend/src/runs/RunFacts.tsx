import { useTranslation } from 'react-i18next'
import type { RunDetail } from '../api/types'
import { recipeLines } from './describe'
import styles from './RunPage.module.css'

/** How a run was trained and with which versions, as it was frozen. */
export function RunFacts({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs')
  return (
    <dl className={styles.recipe}>
      {recipeLines(run.recipe).map(({ key, of, value }) => (
        <div key={`${key} ${of ?? ''}`}>
          <dt>
            {t(`recipe.${key}`)} {of !== null && <b>{of}</b>}
          </dt>
          <dd className="mono">{value}</dd>
        </div>
      ))}
      <div>
        <dt>{t('recipe.versions')}</dt>
        <dd className="mono">
          {Object.entries(run.versions)
            .map(([name, version]) => `${name} ${version}`)
            .join(' · ')}
        </dd>
      </div>
      <div>
        <dt>{t('recipe.fingerprint')}</dt>
        <dd className="mono">{run.fingerprint.slice(0, SHOWN_DIGITS)}…</dd>
      </div>
    </dl>
  )
}

const SHOWN_DIGITS = 16
