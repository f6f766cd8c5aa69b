import styles from './TopBar.module.css'

/** The mark and the name. */
export function Logo() {
  return (
    <span className={styles.logo}>
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#2f5bea" />
        <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round">
          <path d="M8 10C16 10 16 22 24 22" />
          <path d="M8 22C16 22 16 10 24 10" opacity=".65" />
        </g>
        <g fill="#fff">
          <circle cx="8" cy="10" r="2.6" />
          <circle cx="8" cy="22" r="2.6" />
          <circle cx="24" cy="10" r="2.6" />
          <circle cx="24" cy="22" r="2.6" />
        </g>
      </svg>
      <span className={styles.word}>Layerloom</span>
    </span>
  )
}
