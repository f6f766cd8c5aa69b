import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'
import { loadTexts } from '../texts/texts'

await loadTexts()
afterEach(cleanup)
