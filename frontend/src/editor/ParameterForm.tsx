import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Parameter } from '../graph/catalog'
import type { JsonObject, JsonValue } from '../graph/json'
import type { Problem } from '../graph/report'
import styles from './ParameterForm.module.css'
import { ParameterField } from './ParameterField'

export interface ParameterFormProps {
  parameters: readonly Parameter[]
  config: JsonObject
  /** Undefined takes the value away, so that Keras's default holds. */
  onChange: (name: string, value: JsonValue | undefined) => void
  /** What is wrong, shown at the field that it names. */
  problems?: readonly Problem[]
  /** Makes field ids unique where several forms stand on a page. */
  scope?: string
}

const GROUPS = ['main', 'initializers', 'regularizers', 'general'] as const

/** A form for the constructor arguments of any Keras class, as the catalog describes them; rare groups are folded. */
export function ParameterForm(props: ParameterFormProps) {
  return (
    <div className={styles.form}>
      {GROUPS.map((group) => {
        const members = props.parameters.filter((parameter) => parameter.group === group)
        if (members.length === 0) return null
        if (group === 'main') return <Fields key={group} {...props} parameters={members} />
        return <Folded key={group} group={group} {...props} parameters={members} />
      })}
    </div>
  )
}

function Fields({ parameters, config, onChange, problems = [], scope = '' }: ParameterFormProps) {
  return parameters.map((parameter) => (
    <ParameterField
      key={parameter.name}
      parameter={parameter}
      value={config[parameter.name]}
      scope={scope}
      problems={problems.filter((problem) => problem.parameter === parameter.name)}
      onChange={(value) => onChange(parameter.name, value)}
    />
  ))
}

function Folded({ group, ...props }: ParameterFormProps & { group: string }) {
  const { t } = useTranslation('editor')
  const names = props.parameters.map((parameter) => parameter.name)
  const changed = names.filter((name) => name in props.config).length
  const isWrong = (props.problems ?? []).some(
    (problem) => problem.parameter !== null && names.includes(problem.parameter),
  )
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? isWrong
  const body = useId()
  return (
    <section>
      <h3>
        <button
          type="button"
          className={styles.fold}
          aria-expanded={open}
          aria-controls={body}
          onClick={() => setChosen(!open)}
        >
          <ChevronRight className={styles.chevron} aria-hidden="true" />
          <span className={styles.name}>{t(`group.${group}`)}</span>
          {changed > 0 && <span className={styles.changed}>{t('group.changed', { count: changed })}</span>}
        </button>
      </h3>
      <div id={body} hidden={!open} className={styles.body}>
        {open && <Fields {...props} />}
      </div>
    </section>
  )
}
