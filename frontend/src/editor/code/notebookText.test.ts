import { expect, test } from 'vitest'
import { notebookText } from './notebookText'

test('a notebook is read as its code with its prose as comments', () => {
  const cells = [
    { cell_type: 'markdown', source: '# A\\_net\n\nTo train.' },
    { cell_type: 'code', source: 'import keras\nx = 1' },
  ]
  expect(notebookText(JSON.stringify({ cells }))).toBe('# A_net\n#\n# To train.\n\nimport keras\nx = 1')
})
