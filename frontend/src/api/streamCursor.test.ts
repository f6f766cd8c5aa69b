import { describe, expect, it } from 'vitest'
import { afterClose, freshEvents, isEnded } from './streamCursor'

const frame = (...numbers: number[]) => numbers.map((seq) => ({ seq }))

describe('freshEvents', () => {
  it('takes what follows the cursor', () => {
    expect(freshEvents(2, frame(3, 4))).toEqual(frame(3, 4))
  })

  it('takes no event twice when a replay overlaps what is known', () => {
    expect(freshEvents(3, frame(2, 3, 4, 4, 5))).toEqual(frame(4, 5))
  })

  it('goes on past numbers that the server has thinned out', () => {
    expect(freshEvents(3, frame(4, 9))).toEqual(frame(4, 9))
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
