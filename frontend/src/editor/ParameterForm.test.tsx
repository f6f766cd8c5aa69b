import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { Parameter } from '../graph/catalog'
import type { JsonValue } from '../graph/json'
import type { Problem } from '../graph/report'
import { TooltipGround } from '../ui/Tooltip'
import { ParameterForm } from './ParameterForm'

/** The network, which stands before the client is made: a catalog without schedules. */
vi.hoisted(() => {
  globalThis.fetch = () => Promise.resolve(Response.json({ schedules: [] }))
})

const plain = {
  nullable: false,
  choices: null,
  minimum: null,
  maximum: null,
  length: null,
  list_only: false,
  doc: '',
}
const units: Parameter = {
  ...plain,
  name: 'units',
  kind: 'integer',
  required: true,
  default: null,
  suggestion: 64,
  group: 'main',
}
const kernel: Parameter = {
  ...plain,
  name: 'kernel_size',
  kind: 'integers',
  required: false,
  default: [3, 3],
  suggestion: null,
  group: 'main',
}
const trainable: Parameter = {
  ...plain,
  name: 'trainable',
  kind: 'boolean',
  required: false,
  default: true,
  suggestion: null,
  group: 'general',
}

function show(parameters: Parameter[], config: Record<string, JsonValue>, problems: Problem[] = []) {
  const changes: [string, JsonValue | undefined][] = []
  render(
    <QueryClientProvider client={new QueryClient()}>
      <TooltipGround>
        <ParameterForm
          parameters={parameters}
          config={config}
          problems={problems}
          onChange={(name, value) => changes.push([name, value])}
        />
      </TooltipGround>
    </QueryClientProvider>,
  )
  return changes
}

test('typing a number sets the argument', () => {
  const changes = show([units], { units: 8 })
  fireEvent.change(screen.getByLabelText('units'), { target: { value: '28*28' } })
  expect(changes).toEqual([['units', 784]])
})

test('a default is shown and not set; a list is read as it is typed', () => {
  const changes = show([kernel], {})
  const field = screen.getByLabelText('kernel_size')
  fireEvent.change(field, { target: { value: '5×5' } })
  expect([field.getAttribute('placeholder'), changes]).toEqual(['3, 3', [['kernel_size', [5, 5]]]])
})

test('a changed argument goes back to its default', () => {
  const changes = show([kernel], { kernel_size: 5 })
  fireEvent.click(screen.getByRole('button', { name: 'Reset kernel_size' }))
  expect(changes).toEqual([['kernel_size', undefined]])
})

test('a group opens by itself where something in it is wrong', () => {
  const problem: Problem = {
    code: 'bad-value',
    severity: 'error',
    message: 'trainable must be true or false.',
    node: 'n1',
    port: null,
    parameter: 'trainable',
    recipe: null,
    line: null,
    inside: [],
    fixes: [],
  }
  show([trainable], { trainable: 'x' }, [problem])
  expect(screen.getByText('trainable must be true or false.')).toBeTruthy()
})

test('rare groups are folded until they are asked for', () => {
  const changes = show([trainable], {})
  const hidden = screen.queryByRole('switch')
  fireEvent.click(screen.getByRole('button', { name: 'More' }))
  fireEvent.click(screen.getByRole('switch'))
  expect([hidden, changes]).toEqual([null, [['trainable', false]]])
})

test('None that is chosen is shown as such where the default is something else', () => {
  const weights: Parameter = {
    ...plain,
    name: 'weights',
    kind: 'choice',
    required: false,
    nullable: true,
    choices: ['imagenet'],
    default: 'imagenet',
    suggestion: null,
    group: 'main',
  }
  show([weights], { weights: null })
  expect(screen.getByLabelText('weights').textContent).toBe('None')
})

test('rates by epoch are explained by what can be given here', async () => {
  const doc = 'A table of epochs, from 1, each with the rate that holds from it on.'
  const rates: Parameter = { ...units, name: 'schedule', kind: 'rates', suggestion: [[1, 0.1]], doc }
  show([rates], { schedule: [[1, 0.1]] })
  fireEvent.focus(screen.getByRole('button', { name: /schedule/ }))
  expect((await screen.findByRole('tooltip')).textContent).toBe(doc)
})
