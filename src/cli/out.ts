/** Where an export goes: standard output, or a file that is written whole or not at all. */
import { once } from 'node:events'
import { createWriteStream, existsSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { Option } from '@commander-js/extra-typings'
import { isRashomonError, RashomonError } from '../errors.js'
import { answer, note, type Session } from './session.js'
import { write } from './terminal.js'

export const outOption = () => new Option('--out <file>', 'write to a file, whole or not at all')

/** What is told of an export once it is written. */
export interface Wrote {
  /** Beside format and file, under `--json`. */
  readonly document: object
  /** `40 entries`, as in "wrote 40 entries to FILE". */
  readonly words: string
  /** Lines for the person, wherever the export went. */
  readonly notes?: readonly string[]
}

/**
 * Writes pieces of text, which may be many, as fast as they are taken; what the pieces return is told
 * at the end, after `onWritten`. Under `--json` the export itself still is all of standard output, unless it went to a
 * file.
 */
export async function writeOut(
  session: Session,
  { format, out }: { readonly format: string; readonly out: string | undefined },
  pieces: Iterator<string, Wrote> | AsyncIterator<string, Wrote>,
  onWritten: () => void = () => {},
): Promise<void> {
  if (out === undefined) {
    const { notes = [] } = await drain(pieces, write)
    onWritten()
    for (const line of notes) note(session, line)
    return
  }
  if (existsSync(out) && existsSync(session.log) && realpathSync(out) === realpathSync(session.log))
    throw new RashomonError(
      'usage',
      `--out: ${out} is the log itself; the name of another file would be right`,
      { place: { field: '--out' } },
    )
  const { document, words, notes = [] } = await toFile(pieces, out)
  onWritten()
  note(session, `wrote ${words} to ${out}`)
  for (const line of notes) note(session, line)
  if (session.json) await answer(session, { format, file: out, ...document }, () => '')
}

const CHUNK = 64 * 1024

/** Hands the pieces on in larger ones. */
async function drain(
  pieces: Iterator<string, Wrote> | AsyncIterator<string, Wrote>,
  take: (chunk: string) => Promise<void>,
): Promise<Wrote> {
  let held = ''
  for (;;) {
    const { done, value } = await pieces.next()
    if (done === true) {
      if (held !== '') await take(held)
      return value
    }
    held += value
    if (held.length < CHUNK) continue
    await take(held)
    held = ''
  }
}

/** Takes the place of the file when all of it is written. */
async function toFile(
  pieces: Iterator<string, Wrote> | AsyncIterator<string, Wrote>,
  out: string,
): Promise<Wrote> {
  const partial = `${out}.partial`
  try {
    const stream = createWriteStream(partial)
    // A failure between writes is met at the next one.
    let failed: unknown
    stream.on('error', (error) => {
      failed = error
    })
    const told = await drain(pieces, async (chunk) => {
      if (failed !== undefined) throw failed
      if (!stream.write(chunk)) await once(stream, 'drain')
    })
    stream.end()
    await finished(stream)
    renameSync(partial, out)
    return told
  } catch (error) {
    rmSync(partial, { force: true })
    if (isRashomonError(error)) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new RashomonError(
      'usage',
      `--out: ${out} cannot be written (${message}); a file in a folder that can be would be right`,
      { place: { field: '--out' }, cause: error },
    )
  }
}
