import { Skeleton } from '../ui/Skeleton'
import styles from './Shell.module.css'

/** The place of a page whose code is on its way. */
export function PageSkeleton() {
  return (
    <div className={styles.loading} aria-busy="true">
      <Skeleton width="30%" height={26} />
      <Skeleton height={72} lines={4} />
    </div>
  )
}
