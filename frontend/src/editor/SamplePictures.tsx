import { useContext, useEffect, useRef } from 'react'
import { useDataset, useDatasetRows } from '../api/datasetQueries'
import type { Cell } from '../api/types'
import { checkStore } from '../graph/checkStore'
import type { Node } from '../graph/document'
import { title } from '../graph/naming'
import { useDraft } from '../graph/useDraft'
import { ReportSource } from './reports'
import styles from './SamplePictures.module.css'

const COUNT = 4

/** The first pictures that an Input is fed with, as small as stamps; nothing where its data is no pictures. */
export function SamplePictures({ node }: { node: Node }) {
  const dataset = useDraft((draft) => draft.recipe?.data.dataset)
  const column = useDraft((draft) => draft.recipe?.data.inputs[title(node)]?.[0])
  const { data: info } = useDataset(dataset)
  const isPicture = info?.columns.some((one) => one.name === column && one.kind === 'image') ?? false
  const rows = useDatasetRows({ dataset: dataset ?? '', split: 'train', offset: 0, limit: COUNT }, isPicture)
    .data?.rows
  const isDraft = useContext(ReportSource) === checkStore
  if (!isDraft || !isPicture || !rows || column === undefined) return null
  return (
    <span className={styles.strip} aria-hidden="true">
      {rows.map((row, index) => (
        <Stamp key={index} pixels={row[column] ?? null} />
      ))}
    </span>
  )
}

function Stamp({ pixels }: { pixels: Cell }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current) paint(canvas.current, pixels)
  }, [pixels])
  return <canvas ref={canvas} className={styles.stamp} />
}

/** Draws nested lists (row, column, channel) of 0 to 255; one channel is grey. */
function paint(canvas: HTMLCanvasElement, pixels: Cell): void {
  const context = canvas.getContext('2d')
  if (!context || !Array.isArray(pixels) || !Array.isArray(pixels[0])) return
  canvas.height = pixels.length
  canvas.width = pixels[0].length
  const image = context.createImageData(canvas.width, canvas.height)
  pixels.flat().forEach((pixel, at) => {
    const channels = Array.isArray(pixel) ? pixel : [pixel]
    for (let channel = 0; channel < 3; channel += 1) {
      image.data[at * 4 + channel] = Number(channels[channel] ?? channels[0])
    }
    image.data[at * 4 + 3] = 255
  })
  context.putImageData(image, 0, 0)
}
