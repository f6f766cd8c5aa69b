import { ChartSpline, Database, Workflow } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import styles from './Nav.module.css'

const PLACES = [
  { to: '/', text: 'nav.build', Icon: Workflow },
  { to: '/data', text: 'nav.data', Icon: Database },
  { to: '/runs', text: 'nav.runs', Icon: ChartSpline },
] as const

/** The pages of the app. */
export function Nav() {
  const { t } = useTranslation('app')
  return (
    <nav className={styles.nav} aria-label={t('nav.label')}>
      {PLACES.map(({ to, text, Icon }) => (
        <NavLink key={to} to={to} end={to === '/'} className={styles.link ?? ''}>
          <Icon aria-hidden="true" />
          {t(text)}
        </NavLink>
      ))}
    </nav>
  )
}
