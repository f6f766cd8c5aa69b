import { memo, useContext, useLayoutEffect, useMemo, useRef } from 'react'
import type { NodeActivations } from '../api/types'
import { ActivationSource, stripsOf, type Strip } from './activations'
import { useKey } from './learning'
import styles from './NodeActivation.module.css'

/** Under a node: what it gives out for each pinned sample. Nothing where none is pinned. */
export function NodeActivation({ id }: { id: string }) {
  const seen = useContext(ActivationSource)[useKey(id)]
  return seen ? <Samples seen={seen} /> : null
}

const Samples = memo(function Samples({ seen }: { seen: NodeActivations }) {
  const strips = useMemo(() => stripsOf(seen), [seen])
  return (
    <div className={styles.samples} data-kind={seen.kind}>
      {strips.map((strip, index) => (
        <Picture key={index} strip={strip} />
      ))}
      {seen.texts.map((texts, index) => (
        <span key={index} className={styles.text} title={texts.join(' ')}>
          {texts.join(' ')}
        </span>
      ))}
    </div>
  )
})

function Picture({ strip: { width, height, bytes } }: { strip: Strip }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    if (width * height > 0)
      canvas.current?.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0)
  }, [width, height, bytes])
  return <canvas ref={canvas} width={width} height={height} className={styles.strip} aria-hidden="true" />
}
