/** What is asked of the server about runs. */

import { asked, ofRun, server } from './client'
import type { Curves, NewRun, RunChange, RunDetail, RunPage } from './types'

export function getRuns(limit = 1000): Promise<RunPage> {
  return asked(server.GET('/api/runs', { params: { query: { limit } } }))
}

export function getRun(run: number): Promise<RunDetail> {
  return asked(server.GET('/api/runs/{run}', ofRun(run)))
}

/** Queues a run. The same key twice makes one run. */
export function createRun(run: NewRun, key: string): Promise<RunDetail> {
  const params = { header: { 'idempotency-key': key } }
  return asked(server.POST('/api/runs', { params, body: run as never }))
}

export function changeRun(run: number, change: RunChange): Promise<RunDetail> {
  return asked(server.PATCH('/api/runs/{run}', { ...ofRun(run), body: change }))
}

export function deleteRun(run: number): Promise<void> {
  return asked(server.DELETE('/api/runs/{run}', ofRun(run)))
}

export function stopRun(run: number): Promise<RunDetail> {
  return asked(server.POST('/api/runs/{run}/stop', ofRun(run)))
}

export function pauseRun(run: number): Promise<RunDetail> {
  return asked(server.POST('/api/runs/{run}/pause', ofRun(run)))
}

/** Puts a run that waits at this place of the queue, from 1. */
export function moveRun(run: number, position: number): Promise<RunDetail> {
  return asked(server.POST('/api/runs/{run}/move', { ...ofRun(run), body: { position } }))
}

export function resumeRun(run: number): Promise<RunDetail> {
  return asked(server.POST('/api/runs/{run}/resume', ofRun(run)))
}

export async function getCurves(run: number, points: number): Promise<Curves> {
  const params = { path: { run }, query: { points } }
  return (await asked<{ series: Curves }>(server.GET('/api/runs/{run}/metrics', { params }))).series
}
