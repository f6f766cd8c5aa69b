/** Changes of a dataset in words, for a person. */

import { useTranslation } from 'react-i18next'
import type { Edit } from '../api/types'
import { formatNumber } from '../ui/format'

export function useEditWords(edits: readonly Edit[]): string[] {
  const { t } = useTranslation('data')
  return edits.map((edit) => {
    switch (edit.edit) {
      case 'kind':
        return t('edits.words.kind', { column: edit.column, kind: t(`kind.${edit.kind}`) })
      case 'role':
        return t('edits.words.role', { column: edit.column, role: t(`role.${edit.role ?? 'none'}`) })
      case 'drop_column':
        return t('edits.words.column', { column: edit.column })
      case 'drop_rows': {
        const { length: count } = edit.rows
        const split = t(`split.${edit.split}`, edit.split)
        return t('edits.words.rows', { count, rows: formatNumber(count), split })
      }
      case 'title':
        return t('edits.words.title', { title: edit.title })
      default:
        return t('edits.words.other')
    }
  })
}
