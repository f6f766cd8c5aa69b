import { FilePlus2 } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonProps } from '../../ui/Button'
import { DATA_FILES } from './formats'
import { uploadActions, type Upload } from './uploads'

interface AddDataButtonProps extends Pick<ButtonProps, 'look' | 'size'> {
  place: Upload['place']
}

/** Asks for files and adds each of them as a dataset. */
export function AddDataButton({ place, look = 'primary', size = 'medium' }: AddDataButtonProps) {
  const { t } = useTranslation('data')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        look={look}
        size={size}
        icon={<FilePlus2 aria-hidden="true" />}
        onClick={() => input.current?.click()}
      >
        {t('upload.add')}
      </Button>
      <input
        ref={input}
        type="file"
        accept={DATA_FILES}
        multiple
        hidden
        aria-label={t('upload.add')}
        onChange={(event) => {
          uploadActions.add(event.target.files ?? [], place)
          event.target.value = ''
        }}
      />
    </>
  )
}
