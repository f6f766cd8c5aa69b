import { describe, expect, it } from 'vitest'
import { centred, inkBox, weightCentre, withChannels, type Ink } from './digit'

/** A drawing with full ink wherever `inside` says so. */
function drawn(width: number, height: number, inside: (x: number, y: number) => boolean): Ink {
  const data = Float32Array.from({ length: width * height }, (_, at) =>
    inside(at % width, Math.floor(at / width)) ? 1 : 0,
  )
  return { width, height, data }
}

const asInk = (pixels: number[][]): Ink => ({
  width: pixels[0]?.length ?? 0,
  height: pixels.length,
  data: Float32Array.from(pixels.flat(), (level) => level / 255),
})

describe('centred', () => {
  it('says that an empty pad holds nothing', () => {
    expect(
      centred(
        drawn(50, 50, () => false),
        28,
      ),
    ).toBeNull()
  })

  it('scales the longer side of the ink to 20 of 28 pixels, wherever and however big it was drawn', () => {
    const small =
      centred(
        drawn(280, 280, (x, y) => x >= 10 && x < 20 && y >= 200 && y < 240),
        28,
      ) ?? []
    expect([small.length, inkBox(asInk(small))]).toEqual([28, { left: 12, top: 4, width: 5, height: 20 }])
  })

  it('puts the weight of the ink, not its box, into the middle', () => {
    const heavyFoot = drawn(100, 100, (x, y) => (x >= 46 && x < 54) || (y >= 90 && x >= 35 && x < 65))
    const centre = weightCentre(asInk(centred(heavyFoot, 28) ?? []))
    expect([Math.abs(centre.x - 14) <= 0.5, Math.abs(centre.y - 14) <= 0.5]).toEqual([true, true])
  })

  it('keeps all ink on the picture however one-sided it is', () => {
    const oneSided = drawn(100, 100, (x, y) => y >= 96 || (x === 0 && y >= 0))
    expect(inkBox(asInk(centred(oneSided, 28) ?? []))?.width).toBe(20)
  })

  it('softens edges that cover part of a pixel, white on black', () => {
    const pixels =
      centred(
        drawn(90, 90, (x, y) => Math.hypot(x - 45, y - 45) < 40),
        28,
      )?.flat() ?? []
    const edges = pixels.filter((level) => level > 0 && level < 255).length
    expect([pixels[0], pixels[14 * 28 + 14], edges > 20]).toEqual([0, 255, true])
  })
})

it('repeats the grey in every channel', () => {
  expect(withChannels([[0, 255]], 3)).toEqual([
    [
      [0, 0, 0],
      [255, 255, 255],
    ],
  ])
})
