/** Tells what lies at a path before anything opens it, so that what is not ours stays untouched. */

import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { RashomonError } from '../errors.js'
import { APPLICATION_ID, SCHEMA } from './schema.js'

/**
 * Tells by its first bytes, without SQLite, what lies at `path`. `blank` is also what a loss of power
 * left of a making: SQLite takes it back by the journal beside it. Error: `log-foreign`.
 */
export function recognise(path: string): 'missing' | 'blank' | 'log' {
  const header = Buffer.alloc(100)
  let length: number
  try {
    if (!statSync(path).isFile()) throw foreign(path, 'is no regular file')
    const descriptor = openSync(path, 'r')
    try {
      length = readSync(descriptor, header, 0, header.length, 0)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (error instanceof RashomonError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing'
    throw unreadable(path, error)
  }
  if (length === 0 || (header.every((byte) => byte === 0) && hasJournal(path))) return 'blank'
  if (length < header.length || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw foreign(path, 'is no SQLite database')
  }
  refuseForeign(path, header.readInt32BE(68), header.readInt32BE(60))
  return 'log'
}

function hasJournal(path: string): boolean {
  return (statSync(`${path}-journal`, { throwIfNoEntry: false })?.size ?? 0) > 0
}

/** Refuses by its numbers what is no log of this release. Error: `log-foreign`. */
export function refuseForeign(file: string, application: number, schema: number): void {
  if (application !== APPLICATION_ID) throw foreign(file, 'is another SQLite database')
  if (schema > SCHEMA) {
    throw foreign(file, `has schema ${schema}, made by a later release; this one reads ${SCHEMA}`)
  }
}

/** Makes an empty file for its owner alone: it may hold what endangers people. */
export function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') throw missing(path)
    throw unreadable(path, error)
  }
}

export function missing(file: string): RashomonError {
  return new RashomonError('log-missing', `${file}: no log is there; make one with init`, {
    place: { file },
  })
}

function foreign(file: string, why: string): RashomonError {
  return new RashomonError('log-foreign', `${file}: ${why}; name the file of a log`, {
    place: { file },
  })
}

function unreadable(file: string, cause: unknown): RashomonError {
  return new RashomonError('log-failed', `${file}: cannot be opened (${String(cause)})`, {
    place: { file },
    cause,
  })
}
