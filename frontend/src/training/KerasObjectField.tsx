import { ChevronRight } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ParameterForm } from '../editor/ParameterForm'
import { ProblemNote } from '../editor/ProblemNote'
import type { Entry } from '../graph/catalog'
import type { KerasObject } from '../graph/document'
import type { Problem } from '../graph/report'
import { Field } from '../ui/Field'
import { Select } from '../ui/Select'
import { withArgument } from './callbacks'
import styles from './RecipeForm.module.css'
import { argumentProblems, problemsOf } from './recipeProblems'

interface KerasObjectFieldProps {
  label: string
  /** The classes to choose from; empty while the catalog is on its way. */
  entries: readonly Entry[]
  value: KerasObject | null
  onChange: (value: KerasObject) => void
  /** Where it stands in the recipe. */
  path: readonly string[]
  problems: readonly Problem[]
  /** Arguments shown without unfolding. */
  leading?: readonly string[]
  /** What helps with the leading ones. */
  help?: ReactNode
}

const NONE: readonly string[] = []

/** A Keras class by name, with its arguments under it: the telling ones open, the others folded. */
export function KerasObjectField({
  label,
  entries,
  value,
  onChange,
  path,
  problems,
  leading = NONE,
  help,
}: KerasObjectFieldProps) {
  const id = useId()
  const own = problemsOf(problems, path)
  const parameters = entries.find(({ type }) => type === value?.type)?.parameters ?? []
  const first = parameters.filter(({ name }) => leading.includes(name))
  const rest = parameters.filter(({ name }) => !leading.includes(name))
  const forms = value && {
    config: value.config,
    problems: argumentProblems(problems, path),
    scope: path.join('-'),
    onChange: (name: string, next: Parameters<typeof withArgument>[2]) =>
      onChange(withArgument(value, name, next)),
  }
  return (
    <div className={styles.object}>
      <Field
        id={id}
        label={label}
        error={own.length > 0 && own.map((problem) => <ProblemNote key={problem.code} problem={problem} />)}
      >
        <Select
          id={id}
          value={value?.type ?? null}
          options={entries.map(({ type }) => ({ value: type, label: type }))}
          onChange={(type) => onChange({ type, config: {} })}
          invalid={own.some(({ severity }) => severity === 'error')}
        />
      </Field>
      {forms && first.length > 0 && <ParameterForm {...forms} parameters={first} />}
      {help}
      {forms && rest.length > 0 && (
        <Arguments
          count={Object.keys(value.config).filter((name) => !leading.includes(name)).length}
          open={forms.problems.length > 0}
        >
          <ParameterForm {...forms} parameters={rest} />
        </Arguments>
      )}
    </div>
  )
}

/** The rarer arguments, folded away with a word on how many are set. */
export function Arguments({
  label,
  count,
  open,
  children,
}: {
  /** What is folded away, if not arguments. */
  label?: string
  count: number
  open: boolean
  children: React.ReactNode
}) {
  const { t } = useTranslation('training')
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isOpen = chosen ?? open
  const body = useId()
  return (
    <>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={isOpen}
        aria-controls={body}
        onClick={() => setChosen(!isOpen)}
      >
        <ChevronRight size={13} aria-hidden="true" />
        {label ?? t('form.arguments')}
        {count > 0 && <span className={styles.count}>{t('form.set', { count })}</span>}
      </button>
      <div id={body} hidden={!isOpen} className={styles.nested}>
        {isOpen && children}
      </div>
    </>
  )
}
