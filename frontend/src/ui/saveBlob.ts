/** Hands a file to the person, as a download. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  saveFrom(url, name)
  URL.revokeObjectURL(url)
}

/** Downloads what lies at an address; without a name, under the one that the server gives it. */
export function saveFrom(url: string, name = ''): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}

/** A name that every file system takes. */
export function fileName(name: string, suffix: string): string {
  return `${name.replace(/[^\p{L}\p{N}._ -]+/gu, '_').trim() || 'network'}${suffix}`
}
