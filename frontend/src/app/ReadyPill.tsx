import { CircleAlert, CircleCheck, Loader, TriangleAlert, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useStore } from 'zustand'
import { useCheckState, useProblems, useReport } from '../graph/useReport'
import { trialFigures } from '../training/trialReport'
import { trialStore } from '../training/trialStore'
import { formatNumber } from '../ui/format'
import { showDrawer } from './drawer'
import styles from './TopBar.module.css'

/** Whether the drawing can be trained, or how many problems stand in the way; a click shows them. */
export function ReadyPill() {
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  const report = useReport()
  const failure = useCheckState((state) => state.failure)
  const figures = trialFigures(useStore(trialStore, (state) => state.trial))
  const errors = report?.problems.filter((problem) => problem.severity === 'error').length ?? 0
  const warnings = useProblems().length - errors
  const open = () => {
    void navigate('/')
    showDrawer('problems')
  }
  return (
    <button type="button" className={styles.pill} onClick={open} aria-live="polite">
      {!report && !failure && <Loader className={styles.soft} aria-hidden="true" />}
      {!report && !failure && t('ready.checking')}
      {failure && <WifiOff className={styles.warn} aria-hidden="true" />}
      {failure && <b>{t('ready.offline')}</b>}
      {report && !failure && errors > 0 && (
        <>
          <CircleAlert className={styles.bad} aria-hidden="true" />
          <b>{t('ready.problems', { count: errors })}</b>
          <span className={styles.hint}>{t('ready.fix')}</span>
        </>
      )}
      {report && !failure && errors === 0 && (
        <>
          {warnings > 0 ? (
            <TriangleAlert className={styles.warn} aria-hidden="true" />
          ) : (
            <CircleCheck className={styles.good} aria-hidden="true" />
          )}
          <b>{warnings > 0 ? t('ready.warnings', { count: warnings }) : t('ready.ready')}</b>
          <span className={figures ? 'visually-hidden' : styles.hint}>
            {t('ready.parameters', { number: formatNumber(report.parameters), count: report.parameters })}
          </span>
          {figures && (
            <span className={styles.hint} title={t('ready.step', figures)}>
              {t('ready.trial', figures)}
            </span>
          )}
        </>
      )}
    </button>
  )
}
