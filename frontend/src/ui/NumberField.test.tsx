import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { NumberField, type NumberFieldProps } from './NumberField'

let value: number | null

function Held({ start, ...rest }: Omit<NumberFieldProps, 'value' | 'onChange'> & { start: number | null }) {
  const [held, setHeld] = useState(start)
  const keep = (next: number | null) => {
    value = next
    setHeld(next)
  }
  return <NumberField aria-label="units" {...rest} value={held} onChange={keep} />
}

beforeEach(() => {
  value = 5
})

function type(text: string) {
  fireEvent.change(screen.getByRole('spinbutton'), { target: { value: text } })
}

test('arithmetic is worked out while typing', () => {
  render(<Held start={1} integer />)
  type('28*28')
  expect(value).toBe(784)
})

test('arrow keys step by one, with Shift by ten', () => {
  render(<Held start={5} integer />)
  fireEvent.keyDown(screen.getByRole('spinbutton'), { key: 'ArrowUp' })
  fireEvent.keyDown(screen.getByRole('spinbutton'), { key: 'ArrowDown', shiftKey: true })
  expect(value).toBe(-4)
})

test('a fraction steps by a tenth of its size', () => {
  render(<Held start={0.01} />)
  fireEvent.keyDown(screen.getByRole('spinbutton'), { key: 'ArrowUp' })
  expect(value).toBe(0.011)
})

test('what is no number is marked and not passed on', () => {
  render(<Held start={5} />)
  type('abc')
  expect([value, screen.getByRole('spinbutton').getAttribute('aria-invalid')]).toEqual([5, 'true'])
})

test('a value outside the range is held back, and pulled into it on leaving', () => {
  render(<Held start={5} minimum={1} />)
  type('-3')
  const whileTyping = value
  fireEvent.blur(screen.getByRole('spinbutton'))
  expect([whileTyping, value]).toEqual([5, 1])
})

test('a value outside the range is passed on where others judge it', () => {
  render(<Held start={5} minimum={1} outside="pass" />)
  type('-3')
  expect(value).toBe(-3)
})

test('an emptied field is null where it may be empty', () => {
  render(<Held start={5} nullable />)
  type('')
  expect(value).toBe(null)
})
