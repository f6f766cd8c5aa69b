import { FolderOpen, PackageOpen, Unlink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { givenByBlock, isPretrained } from '../graph/application'
import { countCalls } from '../graph/definitions'
import { blockName, type Node } from '../graph/document'
import { useDraft } from '../graph/useDraft'
import { Button } from '../ui/Button'
import { detachBlock, openApplication, openBlock, unpackBlock } from './blockActions'
import styles from './BlockTools.module.css'

/** What can be done with a node that calls a block, and how many share its definition. */
export function BlockTools({ node }: { node: Node }) {
  const { t } = useTranslation('editor')
  const name = blockName(node.type) ?? ''
  const count = useDraft((draft) => countCalls(draft.graph, name))
  return (
    <div className={styles.tools}>
      <Button icon={<FolderOpen aria-hidden="true" />} onClick={() => openBlock(node.id)}>
        {t('block.open')}
      </Button>
      <Button icon={<PackageOpen aria-hidden="true" />} onClick={() => unpackBlock(node.id)}>
        {t('block.unpack')}
      </Button>
      {count > 1 && (
        <Button icon={<Unlink aria-hidden="true" />} onClick={() => detachBlock(node.id)}>
          {t('block.detach')}
        </Button>
      )}
      <p className={styles.note}>{t('block.linked', { name, count })}</p>
    </div>
  )
}

/** An application can be opened into its layers, unless they differ from call to call of the block around it. */
export function ApplicationTools({ node }: { node: Node }) {
  const { t } = useTranslation('editor')
  const given = givenByBlock(node)
  const note = isPretrained(node) ? 'block.pretrainedNote' : 'block.applicationNote'
  return (
    <div className={styles.tools}>
      <Button
        icon={<PackageOpen aria-hidden="true" />}
        disabled={given.length > 0}
        onClick={() => void openApplication(node)}
      >
        {t('block.openApplication')}
      </Button>
      <p className={styles.note}>
        {given.length > 0 ? t('block.givenByBlock', { names: given.join(', ') }) : t(note)}
      </p>
    </div>
  )
}
