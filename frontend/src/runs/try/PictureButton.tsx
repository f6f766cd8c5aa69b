import { ImageUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cell, Column } from '../../api/types'
import { FileButton } from '../../ui/FileButton'
import { pictureShape, readPicture } from './picture'
import styles from './TryPanel.module.css'

const KINDS = 'image/png,image/jpeg'

/** Asks for a picture file and brings it to the size of the column; says so where it is none. */
export function PictureButton({ column, onPicture }: { column: Column; onPicture: (cell: Cell) => void }) {
  const { t } = useTranslation('runs')
  const [isWrong, setIsWrong] = useState(false)
  const shape = pictureShape(column.shape)
  if (!shape) return null
  const read = (file: File) => {
    setIsWrong(false)
    readPicture(file, shape).then(onPicture, () => setIsWrong(true))
  }
  return (
    <>
      <FileButton accept={KINDS} onFile={read} icon={<ImageUp size={14} aria-hidden="true" />}>
        {t('try.choose')}
      </FileButton>
      {isWrong && (
        <p className={styles.error} role="alert">
          {t('try.noPicture')}
        </p>
      )}
    </>
  )
}
