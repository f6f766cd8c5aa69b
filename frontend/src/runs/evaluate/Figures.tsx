import styles from './Evaluate.module.css'

/** A few numbers under their names. */
export function Figures({
  label,
  figures,
}: {
  label: string
  figures: readonly (readonly [string, string])[]
}) {
  return (
    <dl className={styles.figures} aria-label={label}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
