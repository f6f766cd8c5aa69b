import i18next from 'i18next'
import { toast } from 'sonner'
import { exportGraph } from '../api/graphs'
import type { UntrainedFormat } from '../api/types'
import { takePicture, type PictureKind } from '../editor/picture'
import { draftStore } from '../graph/draft'
import { fileName, saveBlob } from '../ui/saveBlob'

/** Saves the drawing as a file without a training; says why where that is not possible. */
export async function saveModel(format: UntrainedFormat): Promise<void> {
  const { name, graph, recipe } = draftStore.getState()
  try {
    saveBlob(await exportGraph({ ...graph, name }, format, recipe?.seed), fileName(name, `.${format}`))
  } catch (error) {
    toast.error(error instanceof Error ? error.message : String(error))
  }
}

/** Saves a picture of the drawing. */
export async function savePicture(kind: PictureKind, light = false): Promise<void> {
  try {
    const picture = await takePicture(kind, light)
    if (picture) saveBlob(picture, fileName(draftStore.getState().name, `.${kind}`))
  } catch {
    toast.error(i18next.t('app:project.noPicture'))
  }
}
