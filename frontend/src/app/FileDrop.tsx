import { FileUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './FileDrop.module.css'
import { openFile } from './projectFiles'

/** Takes a file that is dropped anywhere on the page, and says so while one is held over it. */
export function FileDrop() {
  const { t } = useTranslation('app')
  const isOver = useFileDrop()
  if (!isOver) return null
  return (
    <div className={styles.veil} role="status">
      <div className={styles.frame}>
        <FileUp size={28} aria-hidden="true" />
        <strong>{t('import.drop')}</strong>
        <span>{t('import.kinds')}</span>
      </div>
    </div>
  )
}

function useFileDrop(): boolean {
  const [isOver, setIsOver] = useState(false)
  const depth = useRef(0)
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
      const [file] = event.dataTransfer?.files ?? []
      if (file) void openFile(file)
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
