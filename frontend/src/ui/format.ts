const THIN_SPACE = '\u2009'
const DASH = '–'

/** A whole or fractional number with thin spaces between thousands: 540900 → "540 900". */
export function formatNumber(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return DASH
  const size = Math.abs(value)
  if (Number.isInteger(value) && size < 1e15) return group(String(value))
  if (size >= 1e9 || (size > 0 && size < 1e-3)) return scientific(value)
  return group(size >= 1000 ? String(Math.round(value)) : trimmed(value, digits))
}

/** A metric of a run, always with the same number of places so that columns line up: 0.0612 → "0.061". */
export function formatMetric(value: number | null | undefined, places = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return DASH
  const size = Math.abs(value)
  if (size >= 1e6 || (size > 0 && size < 10 ** -places)) return scientific(value)
  return group(value.toFixed(size >= 1000 ? 0 : places))
}

/** A share between 0 and 1 as percent: 0.974 → "97.4 %". */
export function formatPercent(share: number | null | undefined, places = 1): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return DASH
  return `${(share * 100).toFixed(places)}${THIN_SPACE}%`
}

/** Seconds as a clock: 12.4 → "0:12", 3671 → "1:01:11". */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return DASH
  const whole = Math.max(0, Math.round(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/**
 * A shape with its batch axis first, written without it: [null, 28, 28, 1] → "28×28×1"; a scalar is "1". A constant has
 * no batch axis.
 */
export function formatShape(shape: readonly (number | null)[], batched = true): string {
  const sample = batched ? shape.slice(1) : shape
  return sample.length === 0
    ? '1'
    : sample.map((size) => (size === null ? '?' : formatNumber(size))).join('×')
}

/** The same shape in full, with the batch axis named: [null, 28, 28, 1] → "(batch, 28, 28, 1)". */
export function formatShapeFull(shape: readonly (number | null)[], batched = true): string {
  const sizes = shape.map((size, axis) => (size ?? (axis === 0 && batched ? 'batch' : '?')).toString())
  return `(${sizes.join(', ')})`
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** A size on disk or in memory, in powers of 1000: 2163600 → "2.2 MB". */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined || !Number.isFinite(bytes)) return DASH
  let size = Math.abs(bytes)
  let unit = 0
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000
    unit += 1
  }
  const text = unit === 0 || size >= 100 ? String(Math.round(size)) : size.toFixed(1)
  return `${bytes < 0 ? '−' : ''}${text}${THIN_SPACE}${UNITS[unit] ?? ''}`
}

function group(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE)
  return (fraction === undefined ? grouped : `${grouped}.${fraction}`).replace('-', '−')
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toPrecision(Math.max(digits, 1))))
}

function scientific(value: number): string {
  return value.toExponential(1).replace('e+', 'e').replace(/-/g, '−')
}
