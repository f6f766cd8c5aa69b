import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { loadTexts } from './texts/texts'
import './ui/tokens.css'
import './ui/base.css'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root to draw into')

await loadTexts()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
