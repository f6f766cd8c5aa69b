// Sets the theme before the first paint, so that the page never flashes in the wrong one.
;(function () {
  let chosen = null
  try {
    chosen = localStorage.getItem('layerloom.theme')
  } catch {
    chosen = null
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
