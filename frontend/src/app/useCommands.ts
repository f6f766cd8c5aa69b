import { ChartNoAxesCombined, Database, Download, FileBox, Image, Moon, Sun, ChartSpline } from 'lucide-react'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { editorCommands, type Command } from '../editor/commands'
import { draftStore } from '../graph/draft'
import { saveModel, savePicture } from './exporting'
import { saveFile } from './projectFiles'
import { setTheme } from './theme'

/** The editor's commands and those of the app around it. */
export function useCommands(): readonly Command[] {
  const navigate = useNavigate()
  return useMemo(
    () => [
      ...editorCommands,
      {
        id: 'save',
        text: 'app:project.save',
        icon: Download,
        keys: 'Ctrl+S',
        run: () => saveFile(draftStore.getState()),
      },
      { id: 'png', text: 'app:command.png', icon: Image, run: () => void savePicture('png') },
      { id: 'svg', text: 'app:command.svg', icon: Image, run: () => void savePicture('svg') },
      { id: 'lightPng', text: 'app:command.lightPng', icon: Image, run: () => void savePicture('png', true) },
      { id: 'keras', text: 'app:command.keras', icon: FileBox, run: () => void saveModel('keras') },
      { id: 'json', text: 'app:command.json', icon: FileBox, run: () => void saveModel('json') },
      { id: 'yaml', text: 'app:command.yaml', icon: FileBox, run: () => void saveModel('yaml') },
      { id: 'data', text: 'app:command.data', icon: Database, run: () => void navigate('/data') },
      { id: 'runs', text: 'app:command.runs', icon: ChartSpline, run: () => void navigate('/runs') },
      {
        id: 'board',
        text: 'app:command.board',
        icon: ChartNoAxesCombined,
        run: () => void navigate('/board'),
      },
      { id: 'light', text: 'app:command.light', icon: Sun, run: () => setTheme('light') },
      { id: 'dark', text: 'app:command.dark', icon: Moon, run: () => setTheme('dark') },
    ],
    [navigate],
  )
}
