/** Hands a text to the person as a file. */
export function download(text: string, name: string, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** A file name without an ending that every file system takes: letters, digits, blanks, dots, dashes of `title`. */
export function fileStem(title: string, fallback: string): string {
  return title.replace(/[^\p{L}\p{N}._ -]+/gu, '_').trim() || fallback
}
