import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cell, DatasetInfo, RunDetail } from '../../api/types'
import { Pixels } from '../../data/Pixels'
import { Segments } from '../../ui/Segments'
import { centred, withChannels, type Ink } from './digit'
import { Answers } from './Answers'
import { DrawPad } from './DrawPad'
import { looksLikeDigits, samplesOf, type Feed, type Feeds } from './feeds'
import { OwnPicture } from './OwnPicture'
import { SampleSteps } from './SampleSteps'
import styles from './TryPanel.module.css'
import { usePrediction } from './usePrediction'
import { useSample } from './useSample'

export interface TryProps {
  run: RunDetail
  epoch: number
  dataset: DatasetInfo
  feeds: Feeds
}

type Way = 'draw' | 'sample' | 'upload'
const HINTS = { draw: 'try.drawHint', sample: 'try.loading', upload: 'try.uploadHint' } as const
const WAYS: readonly Way[] = ['draw', 'sample', 'upload']

/** Try a model that looks at one picture: drawn by hand, or taken from the dataset with its true label. */
export function TryPicture({ run, epoch, dataset, feeds, picture }: TryProps & { picture: Feed }) {
  const { t } = useTranslation('runs')
  const digits = looksLikeDigits(feeds.targets[0]?.columns[0]?.classes)
  const [way, setWay] = useState<Way>(digits ? 'draw' : 'sample')
  const [ink, setInk] = useState<Ink | null>(null)
  const [own, setOwn] = useState<Cell>(null)
  const sample = useSample(dataset.id, feeds.split, feeds.rows)
  const column = picture.columns[0]
  const drawn = useMemo(() => readDrawing(ink, column?.shape ?? []), [ink, column])
  const row = sample.row
  const inputs = useMemo(() => {
    if (way === 'draw') return drawn && { [picture.name]: [drawn] }
    if (way === 'upload') return own === null ? null : { [picture.name]: [own] }
    return row ? samplesOf(feeds.inputs, row) : null
  }, [way, drawn, own, row, picture.name, feeds.inputs])
  const prediction = usePrediction(run.id, epoch, inputs)
  return (
    <section className={styles.panel} aria-label={t('try.title')}>
      <div className={styles.rowHead}>
        <h2 className={styles.heading}>{t('try.title')}</h2>
        <Segments
          label={t('try.way')}
          value={way}
          options={WAYS.map((one) => ({ value: one, label: t(`try.${one}`) }))}
          onChange={setWay}
        />
      </div>
      <div className={styles.sideBySide}>
        {way === 'draw' && (
          <div className={styles.padFrame}>
            <DrawPad onInk={setInk} label={digits ? t('try.padDigit') : t('try.pad')} />
            {drawn && <Pixels cell={drawn} label={t('try.seen')} className={styles.seen} />}
          </div>
        )}
        {way === 'sample' && (
          <div className={styles.padFrame}>
            <Pixels cell={column && row?.[column.name]} label={t('try.picture')} className={styles.pad} />
            <SampleSteps sample={sample} split={feeds.split} />
          </div>
        )}
        {way === 'upload' && column && <OwnPicture column={column} seen={own} onSeen={setOwn} />}
        <Answers
          feeds={feeds}
          outputs={run.recipe.compile.outputs}
          row={way === 'sample' ? row : undefined}
          said={inputs === null ? undefined : prediction.data}
          error={prediction.error}
          hint={t(inputs === null ? HINTS[way] : 'try.loading')}
        />
      </div>
    </section>
  )
}

function readDrawing(ink: Ink | null, [height = 28, , channels = 1]: readonly number[]): number[][][] | null {
  const pixels = ink && centred(ink, height)
  return pixels && withChannels(pixels, channels)
}
