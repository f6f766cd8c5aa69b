import { expect, it } from 'vitest'
import type { Note } from '../../api/types'
import { formatOf, isModel } from './formats'

const about = (file: string): Note => ({ code: 'broken', message: '', file, row: null, column: null })

it('tells models from data by their names, JSON by what is in it', async () => {
  const files = [
    new File([''], 'net.keras'),
    new File([''], 'titanic.CSV'),
    new File(['{"version": 1, "graph": {}}'], 'project.json'),
    new File(['{"a": 1}\n{"a": 2}'], 'rows.json'),
    new File(['[{"a": 1}]'], 'list.json'),
    new File([''], 'unknown'),
  ]
  expect(await Promise.all(files.map(isModel))).toEqual([true, false, true, false, false, false])
})

it('reads a ZIP again as what its broken files are', () => {
  expect([formatOf('a.zip', [about('x/1.wav')]), formatOf('a.zip', [about('x/1.png')])]).toEqual([
    'audio',
    'images',
  ])
})
