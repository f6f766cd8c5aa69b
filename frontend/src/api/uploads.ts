/** Files of data on their way to the server, piece by piece. */

import { asked, server } from './client'
import type { Readable, UploadState } from './types'

const ofUpload = (token: string) => ({ params: { path: { token } } })

/** Announces a file; its bytes are to follow. */
export function announceUpload(name: string, size: number, signal: AbortSignal): Promise<UploadState> {
  return asked(server.POST('/api/uploads', { body: { name, size_bytes: size }, signal }))
}

/** How much has arrived, how far its reading is, what came of it. */
export function getUpload(token: string, signal: AbortSignal): Promise<UploadState> {
  return asked(server.GET('/api/uploads/{token}', { ...ofUpload(token), signal }))
}

/** Adds a piece of the file, which must begin where the last one ended. */
export function sendPiece(
  token: string,
  offset: number,
  piece: Blob,
  signal: AbortSignal,
): Promise<UploadState> {
  const options = {
    params: { path: { token }, query: { offset } },
    body: piece as never,
    bodySerializer: (body: unknown) => body as Blob,
    headers: { 'content-type': 'application/octet-stream' },
    signal,
  }
  return asked(server.PATCH('/api/uploads/{token}', options))
}

/** Begins to make a dataset of a file that has arrived; `reading` left out is found by looking at it. */
export function readUpload(
  token: string,
  reading: Readable | null,
  signal: AbortSignal,
): Promise<UploadState> {
  const body = { reading, title: null } as never
  return asked(server.POST('/api/uploads/{token}/read', { ...ofUpload(token), body, signal }))
}

/** Stops an upload or its reading, and throws away what has arrived. */
export function deleteUpload(token: string): Promise<void> {
  return asked(server.DELETE('/api/uploads/{token}', ofUpload(token)))
}
