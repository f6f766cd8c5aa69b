import { describe, expect, it } from 'vitest'
import { acceptFrame, afterClose, isEnded } from './streamCursor'

const frame = (...numbers: number[]) => numbers.map((seq) => ({ seq }))

describe('acceptFrame', () => {
  it('takes what follows the cursor', () => {
    expect(acceptFrame(2, frame(3, 4))).toEqual({ fresh: frame(3, 4), cursor: 4, gap: false })
  })

  it('takes no event twice when a replay overlaps what is known', () => {
    expect(acceptFrame(3, frame(2, 3, 4, 4))).toEqual({ fresh: frame(4), cursor: 4, gap: false })
  })

  it('stops before a hole and says so', () => {
    expect(acceptFrame(3, frame(4, 6))).toEqual({ fresh: frame(4), cursor: 4, gap: true })
  })

  it('takes nothing from an empty frame', () => {
    expect(acceptFrame(9, [])).toEqual({ fresh: [], cursor: 9, gap: false })
  })
})

describe('afterClose', () => {
  it.each([
    ['a run that ended stays ended', { code: 1000, runEnded: true, failures: 0, random: 0 }, { do: 'end' }],
    [
      'a server restart is waited for',
      { code: 1012, runEnded: false, failures: 0, random: 1 },
      { do: 'retry', delayMs: 250 },
    ],
    [
      'a slow reader resumes',
      { code: 1013, runEnded: false, failures: 1, random: 0 },
      { do: 'retry', delayMs: 250 },
    ],
    [
      'a lost network backs off',
      { code: 1006, runEnded: false, failures: 4, random: 0 },
      { do: 'retry', delayMs: 2000 },
    ],
    [
      'waiting has a ceiling',
      { code: 1006, runEnded: false, failures: 30, random: 1 },
      { do: 'retry', delayMs: 15000 },
    ],
    [
      'an unknown run is given up',
      { code: 4404, runEnded: false, failures: 0, random: 0 },
      { do: 'give-up' },
    ],
    [
      'a refused origin is given up',
      { code: 1008, runEnded: false, failures: 0, random: 0 },
      { do: 'give-up' },
    ],
  ] as const)('%s', (_, closing, expected) => {
    expect(afterClose(closing)).toEqual(expected)
  })
})

describe('isEnded', () => {
  it('knows the states that nothing follows', () => {
    const states = ['queued', 'running', 'paused', 'finished', 'stopped', 'failed']
    expect(states.filter(isEnded)).toEqual(['finished', 'stopped', 'failed'])
  })
})
