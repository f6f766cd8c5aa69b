import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetInfo, RunDetail } from '../../api/types'
import { Pixels } from '../../data/Pixels'
import { centred, withChannels, type Ink } from './digit'
import { Answers } from './Answers'
import { DrawPad } from './DrawPad'
import { looksLikeDigits, samplesOf, type Feed, type Feeds } from './feeds'
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

type Way = 'draw' | 'sample'
const WAYS: readonly Way[] = ['draw', 'sample']

/** Try a model that looks at one picture: drawn by hand, or taken from the dataset with its true label. */
export function TryPicture({ run, epoch, dataset, feeds, picture }: TryProps & { picture: Feed }) {
  const { t } = useTranslation('runs')
  const digits = looksLikeDigits(feeds.targets[0]?.columns[0]?.classes)
  const [way, setWay] = useState<Way>(digits ? 'draw' : 'sample')
  const [ink, setInk] = useState<Ink | null>(null)
  const sample = useSample(dataset.id, feeds.split, feeds.rows)
  const column = picture.columns[0]
  const drawn = useMemo(() => readDrawing(ink, column?.shape ?? []), [ink, column])
  const row = sample.row
  const inputs = useMemo(() => {
    if (way === 'draw') return drawn && { [picture.name]: [drawn] }
    return row ? samplesOf(feeds.inputs, row) : null
  }, [way, drawn, row, picture.name, feeds.inputs])
  const prediction = usePrediction(run.id, epoch, inputs)
  return (
    <section className={styles.panel} aria-label={t('try.title')}>
      <div className={styles.ways} role="radiogroup" aria-label={t('try.way')}>
        {WAYS.map((one) => (
          <button key={one} type="button" role="radio" aria-checked={way === one} onClick={() => setWay(one)}>
            {t(`try.${one}`)}
          </button>
        ))}
      </div>
      <div className={styles.sideBySide}>
        {way === 'draw' ? (
          <div className={styles.padFrame}>
            <DrawPad onInk={setInk} label={digits ? t('try.padDigit') : t('try.pad')} />
            {drawn && <Pixels cell={drawn} label={t('try.seen')} className={styles.seen} />}
          </div>
        ) : (
          <div className={styles.padFrame}>
            <Pixels cell={column && row?.[column.name]} label={t('try.picture')} className={styles.pad} />
            <SampleSteps sample={sample} split={feeds.split} />
          </div>
        )}
        <Answers
          feeds={feeds}
          outputs={run.recipe.compile.outputs}
          row={way === 'sample' ? row : undefined}
          said={inputs === null ? undefined : prediction.data}
          error={prediction.error}
          hint={way === 'draw' ? t('try.drawHint') : t('try.loading')}
        />
      </div>
    </section>
  )
}

function readDrawing(ink: Ink | null, [height = 28, , channels = 1]: readonly number[]): number[][][] | null {
  const pixels = ink && centred(ink, height)
  return pixels && withChannels(pixels, channels)
}
