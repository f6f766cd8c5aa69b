import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ParameterForm } from '../editor/ParameterForm'
import { ProblemNote } from '../editor/ProblemNote'
import type { Catalog } from '../graph/catalog'
import type { KerasObject } from '../graph/document'
import type { JsonValue } from '../graph/json'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Menu } from '../ui/Menu'
import { addable, added, withArgument } from './callbacks'
import type { RecipePartProps } from './FitFields'
import { Arguments } from './KerasObjectField'
import styles from './RecipeForm.module.css'
import { argumentProblems, problemsOf } from './recipeProblems'

type CallbackListProps = RecipePartProps & { catalog: Catalog | undefined }

const PATH = ['callbacks']

/** The callbacks of the training, in the order in which Keras calls them. */
export function CallbackList(props: CallbackListProps) {
  const { recipe, catalog, set } = props
  const { t } = useTranslation('training')
  const put = (next: readonly KerasObject[]) => set(PATH, next as unknown as JsonValue)
  const items = addable(recipe, catalog?.callbacks ?? []).map((entry) => ({
    label: entry.type,
    onSelect: () => put(added(recipe, entry)),
  }))
  return (
    <>
      {recipe.callbacks.length === 0 && <p className={styles.help}>{t('form.noCallbacks')}</p>}
      {recipe.callbacks.map((callback, index) => (
        <OneCallback
          key={index}
          {...props}
          callback={callback}
          index={index}
          remove={() => put(recipe.callbacks.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <Menu groups={[{ items }]}>
          <Button size="small" look="quiet" icon={<Plus size={14} aria-hidden="true" />} disabled={!catalog}>
            {t('form.addCallback')}
          </Button>
        </Menu>
      </div>
    </>
  )
}

interface OneCallbackProps extends CallbackListProps {
  callback: KerasObject
  index: number
  remove: () => void
}

function OneCallback({ callback, index, remove, catalog, problems, set }: OneCallbackProps) {
  const { t } = useTranslation('training')
  const path = [...PATH, String(index)]
  const wrong = argumentProblems(problems, path)
  const parameters = catalog?.callbacks.find(({ type }) => type === callback.type)?.parameters ?? []
  const required = parameters.filter((parameter) => parameter.required)
  const rest = parameters.filter((parameter) => !parameter.required)
  const form = {
    config: callback.config,
    problems: wrong,
    scope: path.join('-'),
    onChange: (name: string, value: JsonValue | undefined) =>
      set(path, withArgument(callback, name, value) as unknown as JsonValue),
  }
  const given = Object.keys(callback.config).filter((name) => rest.some((one) => one.name === name)).length
  return (
    <div className={styles.callback} role="group" aria-label={callback.type}>
      <div className={styles.callbackHead}>
        <b>{callback.type}</b>
        <IconButton label={t('form.removeCallback', { callback: callback.type })} onClick={remove}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </div>
      <p className={styles.help}>{t(`callback.${callback.type}`, { defaultValue: '' })}</p>
      {problemsOf(problems, path).map((problem, place) => (
        <ProblemNote key={place} problem={problem} />
      ))}
      {required.length > 0 && <ParameterForm {...form} parameters={required} />}
      {rest.length > 0 && (
        <Arguments count={given} open={wrong.length > 0}>
          <ParameterForm {...form} parameters={rest} />
        </Arguments>
      )}
    </div>
  )
}
