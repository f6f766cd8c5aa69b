import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { ParameterForm } from '../editor/ParameterForm'
import { ProblemNote } from '../editor/ProblemNote'
import type { Catalog } from '../graph/catalog'
import type { KerasObject } from '../graph/document'
import type { JsonValue } from '../graph/json'
import { Switch } from '../ui/Switch'
import { findCallback, switched, SWITCHES, withArgument } from './callbacks'
import type { RecipePartProps } from './FitFields'
import { Arguments } from './KerasObjectField'
import styles from './RecipeForm.module.css'
import { argumentProblems, problemsOf } from './recipeProblems'

type CallbackSwitchesProps = RecipePartProps & { catalog: Catalog | undefined }

/** The callbacks that a person switches on and off. */
export function CallbackSwitches(props: CallbackSwitchesProps) {
  return SWITCHES.map((wanted) => <OneCallback key={wanted.type} {...props} wanted={wanted} />)
}

function OneCallback({
  recipe,
  catalog,
  problems,
  set,
  wanted,
}: CallbackSwitchesProps & { wanted: KerasObject }) {
  const { t } = useTranslation('training')
  const id = useId()
  const found = findCallback(recipe, wanted.type)
  const path = ['callbacks', String(found?.index ?? -1)]
  const own = problemsOf(problems, path)
  const parameters = catalog?.callbacks.find(({ type }) => type === wanted.type)?.parameters ?? []
  const wrong = argumentProblems(problems, path)
  return (
    <div className={styles.callback}>
      <div className={styles.switch}>
        <Switch
          id={id}
          checked={found !== null}
          onChange={(on) => set(['callbacks'], switched(recipe, wanted, on) as unknown as JsonValue)}
        />
        <label htmlFor={id}>{wanted.type}</label>
      </div>
      <p className={styles.help}>{t(`callback.${wanted.type}`)}</p>
      {own.map((problem, index) => (
        <ProblemNote key={index} problem={problem} />
      ))}
      {found && parameters.length > 0 && (
        <Arguments count={Object.keys(found.callback.config).length} open={wrong.length > 0}>
          <ParameterForm
            parameters={parameters}
            config={found.callback.config}
            problems={wrong}
            scope={wanted.type}
            onChange={(name, value) =>
              set(path, withArgument(found.callback, name, value) as unknown as JsonValue)
            }
          />
        </Arguments>
      )}
    </div>
  )
}
