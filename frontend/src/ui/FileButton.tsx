import { useRef, type ReactNode } from 'react'
import { Button } from './Button'

interface FileButtonProps {
  /** File name endings that are offered: ".csv,.npz". */
  accept: string
  onFile: (file: File) => void
  icon?: ReactNode
  disabled?: boolean
  children: ReactNode
}

/** A button that asks for a file. The same file may be given again. */
export function FileButton({ accept, onFile, icon, disabled = false, children }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button size="small" icon={icon} disabled={disabled} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) onFile(file)
          event.target.value = ''
        }}
      />
    </>
  )
}
