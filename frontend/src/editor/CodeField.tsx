import { ShieldAlert } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Problem } from '../graph/report'
import { trustActions, trustStore } from '../graph/trust'
import { Button } from '../ui/Button'
import { cx } from '../ui/cx'
import { Skeleton } from '../ui/Skeleton'
import styles from './CodeField.module.css'
import type { InputProps } from './ParameterInput'

const NONE: readonly Problem[] = []
const CodeEditor = lazy(() => import('./CodeEditor'))

/** The code of a Python layer. Code that came from elsewhere is shown, and runs only once a person says so. */
export function CodeField({ id, parameter, value, onChange, invalid, problems = NONE }: InputProps) {
  const code = typeof value === 'string' ? value : ''
  const isTrusted = useStore(trustStore, ({ codes }) => codes.includes(code))
  const marks = useMemo(() => problems.filter(({ line }) => line !== null), [problems])
  const edit = (next: string) => {
    if (next === code) return
    trustActions.follow(code, next)
    onChange(next)
  }
  return (
    <div className={cx(styles.code, invalid && styles.invalid)}>
      {!isTrusted && code !== '' && <Approval code={code} />}
      <Suspense fallback={<Skeleton lines={8} />}>
        <CodeEditor id={id} label={parameter.name} code={code} marks={marks} onChange={edit} />
      </Suspense>
    </div>
  )
}

function Approval({ code }: { code: string }) {
  const { t } = useTranslation('editor')
  return (
    <div className={styles.approval}>
      <ShieldAlert aria-hidden="true" />
      <p>{t('code.untrusted')}</p>
      <Button onClick={() => trustActions.trust(code)}>{t('code.trust')}</Button>
    </div>
  )
}
