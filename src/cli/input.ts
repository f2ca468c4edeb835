/**
 * Reports as they come in, from a file or standard input: one JSON document, or a report a line.
 * Read strictly; what is refused later is found again by row and column.
 */
import { createReadStream } from 'node:fs'
import { type ErrorPlace, isRashomonError, RashomonError } from '../errors.js'
import { unreadable } from '../exchange/unreadable.js'
import { LIMITS, locate, readJson } from '../index.js'

export interface Input {
  readonly reports: readonly unknown[]
  /** What is known of the place in the file of a refusal that names a report or a field. */
  placeOf(error: RashomonError): ErrorPlace
}

/** A report's own text, where it begins in the file, and the way to it inside the text. */
interface Stretch {
  readonly text: string
  readonly row: number
  readonly within: string
}

/**
 * Reads all of a file; `-` is standard input.
 *
 * @throws `usage` when there is no such file, `invalid-json` or `too-large` with the place.
 */
export async function readInput(file: string): Promise<Input> {
  const name = file === '-' ? 'standard input' : file
  try {
    const text = decode(await bytesOf(file))
    return isLines(file, text) ? fromLines(name, text) : fromDocument(name, text)
  } catch (error) {
    throw isRashomonError(error) ? error.at({ file: name }) : error
  }
}

function fromDocument(file: string, text: string): Input {
  const value = readJson(text, { limits: LIMITS })
  const several = Array.isArray(value)
  const reports: readonly unknown[] = several ? value : [value]
  const stretch = (at: number) => ({ text, row: 1, within: several ? `[${at}]` : '' })
  return { reports, placeOf: (error) => place(error, { file, reports, stretch }) }
}

function fromLines(file: string, text: string): Input {
  const stretches: Stretch[] = []
  const reports: unknown[] = []
  text.split('\n').forEach((line, at) => {
    if (line.trim() === '') return
    if (reports.length === LIMITS.reports)
      throw new RashomonError(
        'too-large',
        `more than ${LIMITS.reports} reports together; several files of fewer would be right`,
        { place: { row: at + 1 } },
      )
    reports.push(readLine(line, at + 1, reports.length))
    stretches.push({ text: line, row: at + 1, within: '' })
  })
  if (reports.length === 0)
    throw new RashomonError('invalid-json', 'nothing here; a report would be right', {
      place: { row: 1, column: 1 },
    })
  const stretch = (at: number) => stretches[at] as Stretch
  return { reports, placeOf: (error) => place(error, { file, reports, stretch }) }
}

function readLine(line: string, row: number, report: number): unknown {
  try {
    return readJson(line, { limits: LIMITS, row })
  } catch (error) {
    throw isRashomonError(error) ? error.at({ report }) : error
  }
}

interface Read {
  readonly file: string
  readonly reports: readonly unknown[]
  readonly stretch: (at: number) => Stretch
}

function place(error: RashomonError, { file, reports, stretch }: Read): ErrorPlace {
  const at = error.place.report ?? (reports.length === 1 ? 0 : undefined)
  if (at === undefined || at >= reports.length) return { file }
  const { text, row, within } = stretch(at)
  const field = error.place.field ?? fieldNaming(reports[at], error.data.id)
  const way = field === undefined ? within : `${within}${within === '' ? '' : '.'}${field}`
  const spot = locate(text, way, { limits: LIMITS, row })
  return { file, report: at, ...spot, ...(field === undefined ? {} : { field }) }
}

/** The field of a report whose value is an id that was refused. */
function fieldNaming(report: unknown, id: unknown): string | undefined {
  if (typeof id !== 'string') return undefined
  const search = (value: unknown, way: string): string | undefined => {
    if (value === id) return way
    if (typeof value !== 'object' || value === null) return undefined
    for (const [key, inner] of Object.entries(value)) {
      const step = Array.isArray(value) ? `[${key}]` : way === '' ? key : `.${key}`
      const found = search(inner, `${way}${step}`)
      if (found !== undefined) return found
    }
    return undefined
  }
  return search(report, '')
}

/** A report a line: by the file's name, or where the first line is an object and more follow. */
function isLines(file: string, text: string): boolean {
  if (/\.(jsonl|ndjson)$/i.test(file)) return true
  const body = text.replace(/^\ufeff/, '').trim()
  const end = body.indexOf('\n')
  if (end < 0 || !body.startsWith('{')) return false
  try {
    JSON.parse(body.slice(0, end))
    return true
  } catch {
    return false
  }
}

/** Bytes up to the limit of a document; a longer one is refused as soon as it is. */
async function bytesOf(file: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  const stream: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file)
  try {
    for await (const chunk of stream) {
      length += chunk.length
      if (length > LIMITS.body)
        throw new RashomonError(
          'too-large',
          `a document of more than ${LIMITS.body} bytes; several smaller ones would be right`,
        )
      chunks.push(chunk)
    }
  } catch (error) {
    throw isRashomonError(error) ? error : unreadable(file, error)
  }
  return Buffer.concat(chunks)
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // Strict reading says where the bytes are wrong.
    readJson(bytes, { limits: LIMITS })
    throw new RashomonError('invalid-json', 'bytes that are no UTF-8; UTF-8 would be right')
  }
}
