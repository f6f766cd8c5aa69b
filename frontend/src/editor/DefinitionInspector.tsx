import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { blockParameters, blockPorts } from '../graph/blockEntry'
import { setParameter, unsetParameter } from '../graph/blockParameters'
import { countCalls, renameBlock } from '../graph/definitions'
import type { Block } from '../graph/document'
import { draftActions, useDraft } from '../graph/useDraft'
import { IconButton } from '../ui/IconButton'
import { TextField } from '../ui/TextField'
import styles from './BlockTools.module.css'
import { useEntries } from './entries'
import inspector from './Inspector.module.css'
import { ParameterField } from './ParameterField'

/** The opened block as a whole, while none of its nodes is selected: its name, its parameters and their defaults. */
export function DefinitionInspector({ name, block }: { name: string; block: Block }) {
  const { t } = useTranslation('editor')
  const count = useDraft((draft) => countCalls(draft.graph, name))
  const { inputs, outputs } = blockPorts(block.graph)
  return (
    <div className={inspector.node}>
      <header className={inspector.head}>
        <h2>{t('block.definition')}</h2>
        <TextField
          aria-label={t('block.name')}
          className={inspector.name}
          value={name}
          commit="end"
          onChange={(next) =>
            next.trim() !== '' && draftActions.editDrawing((root) => renameBlock(root, name, next.trim()))
          }
        />
        <p className={inspector.note}>
          {inputs.join(', ')} → {outputs.join(', ')}
        </p>
        <p className={inspector.note}>{t('block.linked', { name, count })}</p>
      </header>
      <Parameters name={name} block={block} />
    </div>
  )
}

function Parameters({ name, block }: { name: string; block: Block }) {
  const { t } = useTranslation('editor')
  const entries = useEntries()
  const parameters = blockParameters(block, entries)
  if (parameters.length === 0) return <p className={inspector.note}>{t('block.noParameters')}</p>
  return (
    <section className={inspector.head}>
      <h3>{t('block.parameters')}</h3>
      {parameters.map((parameter) => (
        <div key={parameter.name} className={styles.parameter}>
          <ParameterField
            parameter={{ ...parameter, required: true }}
            value={parameter.default}
            problems={[]}
            scope={`block-${name}`}
            onChange={(value) => {
              if (value === undefined) return
              draftActions.editDrawing(
                (root) => setParameter(root, name, parameter.name, value),
                `${name}.${parameter.name}`,
              )
            }}
          />
          <IconButton
            label={t('block.removeParameter', { name: parameter.name })}
            onClick={() => draftActions.editDrawing((root) => unsetParameter(root, name, parameter.name))}
          >
            <Trash2 aria-hidden="true" />
          </IconButton>
        </div>
      ))}
    </section>
  )
}
