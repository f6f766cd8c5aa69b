import {
  ChartNoAxesCombined,
  ChevronDown,
  Download,
  FileBox,
  FilePlus2,
  FolderOpen,
  Image,
  History,
  PencilLine,
  Sparkles,
} from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useExamples } from '../api/queries'
import { draftStore, useDraft } from '../graph/useDraft'
import { Button } from '../ui/Button'
import { Menu, type MenuGroup } from '../ui/Menu'
import { DraftsDialog } from './DraftsDialog'
import { saveModel, savePicture } from './exporting'
import { newProject, openFile, OPENED, saveFile } from './projectFiles'
import { RenameDialog } from './RenameDialog'
import styles from './TopBar.module.css'
import { openExample } from './useFirstProject'

const UNTRAINED = ['keras', 'json', 'yaml'] as const
const PICTURES = ['png', 'svg'] as const

/** The name of what is open, and what can be done with it as a whole. */
export function ProjectMenu() {
  const { t } = useTranslation('app')
  const name = useDraft((draft) => draft.name)
  const [dialog, setDialog] = useState<'rename' | 'drafts' | null>(null)
  const navigate = useNavigate()
  const file = useRef<HTMLInputElement>(null)
  const groups = useGroups(setDialog, () => file.current?.click())
  return (
    <div className={styles.project}>
      <Menu groups={groups}>
        <Button look="quiet" size="small">
          <span className={styles.name}>{name}</span>
          <ChevronDown aria-hidden="true" />
        </Button>
      </Menu>
      <span className={styles.saved}>{t('project.saved')}</span>
      <input
        ref={file}
        type="file"
        accept={OPENED}
        hidden
        aria-label={t('project.open')}
        onChange={(event) => {
          const [chosen] = event.target.files ?? []
          event.target.value = ''
          if (!chosen) return
          void navigate('/')
          void openFile(chosen)
        }}
      />
      <RenameDialog open={dialog === 'rename'} onClose={() => setDialog(null)} />
      <DraftsDialog open={dialog === 'drafts'} onClose={() => setDialog(null)} />
    </div>
  )
}

function useGroups(show: (dialog: 'rename' | 'drafts') => void, chooseFile: () => void): MenuGroup[] {
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  const { data: examples = [] } = useExamples()
  const start = (open: () => void) => () => {
    open()
    void navigate('/')
  }
  return [
    {
      items: [
        { label: t('project.rename'), icon: <PencilLine />, onSelect: () => show('rename') },
        {
          label: t('project.new'),
          icon: <FilePlus2 />,
          onSelect: start(() => newProject(t('project.untitled'))),
        },
        { label: t('project.drafts'), icon: <History />, onSelect: () => show('drafts') },
      ],
    },
    {
      title: t('project.examples'),
      items: examples.map((example) => ({
        label: example.title,
        icon: <Sparkles />,
        onSelect: start(() => openExample(example)),
      })),
    },
    {
      items: [
        { label: t('project.open'), icon: <FolderOpen />, onSelect: chooseFile },
        {
          label: t('project.save'),
          icon: <Download />,
          keys: 'Ctrl+S',
          onSelect: () => saveFile(draftStore.getState()),
        },
      ],
    },
    {
      items: [
        {
          label: t('project.board'),
          icon: <ChartNoAxesCombined />,
          onSelect: () => void navigate('/board'),
        },
      ],
    },
    {
      title: t('project.export'),
      items: [
        ...UNTRAINED.map((format) => ({
          label: t(`project.untrained.${format}`),
          icon: <FileBox />,
          hint: `.${format}`,
          onSelect: () => void saveModel(format),
        })),
        ...PICTURES.map((kind) => ({
          label: t('project.picture'),
          icon: <Image />,
          hint: `.${kind}`,
          onSelect: () => void savePicture(kind),
        })),
        {
          label: t('project.lightPicture'),
          icon: <Image />,
          hint: '.png',
          onSelect: () => void savePicture('png', true),
        },
      ],
    },
  ]
}
