import styles from './Skeleton.module.css'

interface SkeletonProps {
  width?: number | string
  height?: number | string
  /** How many of them, one under the other. */
  lines?: number
}

/** The place of something that is about to arrive. */
export function Skeleton({ width = '100%', height = 14, lines = 1 }: SkeletonProps) {
  return (
    <span className={styles.stack} aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={styles.skeleton} style={{ width, height }} />
      ))}
    </span>
  )
}
