import { Dices } from 'lucide-react'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { useAugmented } from '../api/modelQueries'
import { checkStore } from '../graph/checkStore'
import type { Node } from '../graph/document'
import { title } from '../graph/naming'
import { useDraft } from '../graph/useDraft'
import { Button } from '../ui/Button'
import { upTo, useDraws } from './augmentation'
import styles from './AugmentedPictures.module.css'
import { useKey } from './learning'
import { ReportSource, useNodeReport } from './reports'
import { Stamp } from './Stamp'

const ROWS = [0, 1, 2, 3]

/** In a node: what it makes of the first pictures of the data in training. */
export function AugmentedStrip({ node }: { node: Node }) {
  const { data } = useDrawn(node)
  if (!data) return null
  return (
    <span className={styles.strip} aria-hidden="true">
      {data.after.map((pixels, index) => (
        <Stamp key={index} pixels={pixels} />
      ))}
    </span>
  )
}

/** In the inspector: the same pictures before and after, to be drawn again. */
export function AugmentedPictures({ node }: { node: Node }) {
  const { t } = useTranslation('editor')
  const { data, error, isFetching } = useDrawn(node)
  const path = useKey(node.id)
  const again = useDraws((draws) => draws.again)
  if (!data && !error) return null
  return (
    <section className={styles.samples}>
      <div className={styles.head}>
        <h3>{t('augmentation.title')}</h3>
        <Button
          size="small"
          icon={<Dices size={14} aria-hidden="true" />}
          disabled={isFetching}
          onClick={() => again(path)}
        >
          {t('augmentation.again')}
        </Button>
      </div>
      {error && <p role="alert">{error.message}</p>}
      {data && (
        <div className={styles.pairs} role="img" aria-label={t('augmentation.label', { name: title(node) })}>
          {[...data.before, ...data.after].map((pixels, index) => (
            <Stamp key={index} pixels={pixels} className={styles.picture} />
          ))}
        </div>
      )}
      <p className={styles.note}>{t('augmentation.note')}</p>
    </section>
  )
}

/** The draw that a node of the draft shows; nothing is asked while the node or what is before it is wrong. */
function useDrawn(node: Node) {
  const path = useKey(node.id)
  const seed = useDraws(({ seeds }) => seeds[path] ?? 0)
  const isDraft = useContext(ReportSource) === checkStore
  const isSound = Object.keys(useNodeReport(node.id)?.outputs ?? {}).length > 0
  const { graph, recipe } = useDraft((draft) => draft)
  const outer = path.split('.')[0] ?? path
  const fed = recipe && [recipe.data.dataset, recipe.data.inputs, recipe.seed]
  const meaning = JSON.stringify([path, upTo(graph, outer), graph.blocks, fed])
  const question = isDraft && isSound && recipe ? { graph, recipe, node: path, rows: ROWS, seed } : null
  return useAugmented(question, meaning)
}
