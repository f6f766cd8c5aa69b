import { CircleHelp, RotateCcw, Unlink, Variable } from 'lucide-react'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { parameterOf } from '../graph/blockParameters'
import type { Parameter } from '../graph/catalog'
import { same, type JsonValue } from '../graph/json'
import type { Problem } from '../graph/report'
import { cx } from '../ui/cx'
import { Field } from '../ui/Field'
import { Tooltip } from '../ui/Tooltip'
import { LinkingContext } from './linking'
import styles from './ParameterField.module.css'
import { ParameterInput } from './ParameterInput'
import { ProblemNote } from './ProblemNote'
import { spoken } from './values'

interface ParameterFieldProps {
  parameter: Parameter
  value: JsonValue | undefined
  onChange: (value: JsonValue | undefined) => void
  problems: readonly Problem[]
  scope: string
}

/** One constructor argument: its name, help, value, what is wrong with it, and the way back to Keras's default. */
export function ParameterField({ parameter, value, onChange, problems, scope }: ParameterFieldProps) {
  const { t } = useTranslation('editor')
  const { name, doc, required } = parameter
  const id = `field-${scope}-${name}`
  const isSet = value !== undefined
  const isChanged = isSet && (required || !same(value, parameter.default))
  const linking = useContext(LinkingContext)
  const linked = parameterOf(value)
  return (
    <div className={styles.field} data-field={name}>
      <Field
        id={id}
        label={
          <span className={cx(styles.name, isChanged && styles.changed)}>
            {name}
            {required && !isSet && <span className={styles.required}>{t('field.required')}</span>}
          </span>
        }
        aside={
          <>
            {linking && linked === null && (
              <Tooltip text={t('block.makeParameter', { name })}>
                <button
                  type="button"
                  className={cx(styles.tool, styles.link)}
                  aria-label={t('block.makeParameter', { name })}
                  onClick={() =>
                    linking.link(
                      name,
                      value === undefined ? (parameter.suggestion ?? parameter.default) : value,
                    )
                  }
                >
                  <Variable aria-hidden="true" />
                </button>
              </Tooltip>
            )}
            {linking && linked !== null && (
              <Tooltip text={t('block.unmakeParameter', { name })}>
                <button
                  type="button"
                  className={styles.tool}
                  aria-label={t('block.unmakeParameter', { name })}
                  onClick={() => linking.unlink(name, linked)}
                >
                  <Unlink aria-hidden="true" />
                </button>
              </Tooltip>
            )}
            {isSet && !required && linked === null && (
              <Tooltip text={t('field.reset', { value: spoken(parameter.default) })}>
                <button
                  type="button"
                  className={styles.tool}
                  aria-label={t('field.resetLabel', { name })}
                  onClick={() => onChange(undefined)}
                >
                  <RotateCcw aria-hidden="true" />
                </button>
              </Tooltip>
            )}
            {doc !== '' && (
              <Tooltip text={doc} side="left">
                <button
                  type="button"
                  className={cx(styles.tool, styles.help)}
                  aria-label={t('field.help', { name })}
                >
                  <CircleHelp aria-hidden="true" />
                </button>
              </Tooltip>
            )}
          </>
        }
        error={
          problems.length > 0 &&
          problems.map((problem, index) => <ProblemNote key={index} problem={problem} />)
        }
      >
        {linked === null ? (
          <ParameterInput
            id={id}
            parameter={parameter}
            value={value}
            onChange={onChange}
            invalid={problems.some(isError)}
            problems={problems}
          />
        ) : (
          <output id={id} className={styles.linked}>
            <Variable aria-hidden="true" />
            {t('block.isParameter', { name: linked })}
          </output>
        )}
      </Field>
    </div>
  )
}

function isError(problem: Problem): boolean {
  return problem.severity === 'error'
}
