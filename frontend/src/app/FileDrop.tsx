import { FileUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { isModel } from '../data/upload/formats'
import { uploadActions } from '../data/upload/uploads'
import styles from './FileDrop.module.css'
import { openFile } from './projectFiles'

/** Takes files that are dropped anywhere, and says so while some are held over the page. */
export function FileDrop() {
  const { t } = useTranslation('app')
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const isOver = useFileDrop((files) => {
    void takeIn(files, pathname === '/', () => void navigate('/'))
  })
  if (!isOver) return null
  return (
    <div className={styles.veil} role="status">
      <div className={styles.frame}>
        <FileUp size={28} aria-hidden="true" />
        <strong>{t('import.drop')}</strong>
        <span>{t('import.dataKinds')}</span>
        <span>{t('import.kinds')}</span>
      </div>
    </div>
  )
}

/** Data is added; the last of the models and projects is opened. */
async function takeIn(files: readonly File[], isDrawing: boolean, show: () => void): Promise<void> {
  const models = await Promise.all(files.map(isModel))
  uploadActions.add(
    files.filter((_file, index) => !models[index]),
    isDrawing ? 'drawing' : 'page',
  )
  const model = files.findLast((_file, index) => models[index])
  if (!model) return
  show()
  await openFile(model)
}

function useFileDrop(onFiles: (files: File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false)
  const depth = useRef(0)
  const take = useRef(onFiles)
  useEffect(() => {
    take.current = onFiles
  })
  useEffect(() => {
    const held = (step: number) => (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      depth.current = Math.max(0, depth.current + step)
      setIsOver(depth.current > 0)
    }
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      depth.current = 0
      setIsOver(false)
      take.current([...(event.dataTransfer?.files ?? [])])
    }
    const listeners = { dragenter: held(1), dragover: held(0), dragleave: held(-1), drop }
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name as 'drop', listener)
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name as 'drop', listener)
      }
    }
  }, [])
  return isOver
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}
