// Sets the theme before the first paint, so that the page never flashes in the wrong one.
;(function () {
  function chosen() {
    try {
      return localStorage.getItem('layerloom.theme')
    } catch {
      return null // storage may be forbidden: then the system decides
    }
  }
  const theme = chosen()
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
