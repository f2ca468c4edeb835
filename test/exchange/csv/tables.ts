/** Tables and mappings for tests, and what comes of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { afterAll } from 'vitest'
import { importCsv } from '../../../src/exchange/csv/import.js'
import { type MappedRow, mappedRows, type RowsOptions } from '../../../src/exchange/csv/rows.js'
import { parseMapping } from '../../../src/exchange/csv/schema.js'
import {
  isRashomonError,
  openTimeline,
  type RashomonError,
  type Timeline,
} from '../../../src/index.js'

const folder = mkdtempSync(join(tmpdir(), 'rashomon-csv-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let made = 0

/** A file of the name in a folder of its own for the tests of this file. */
export function file(content: string | Uint8Array, name = `table-${++made}.csv`): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

export const gzip = (text: string) => gzipSync(Buffer.from(text))

/** A cell in the form of RFC 4180. */
export function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell
}

export function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('')
}

export type Options = Partial<Omit<RowsOptions, 'files' | 'mapping'>>

export async function rowsOf(
  path: string | readonly string[],
  mapping: unknown,
  options: Options = {},
): Promise<MappedRow[]> {
  const files = typeof path === 'string' ? [path] : path
  const rows: MappedRow[] = []
  for await (const batch of mappedRows({ files, mapping: parseMapping(mapping), ...options }))
    rows.push(...batch)
  return rows
}

/** The first report that a table of one row makes. */
export async function mapped(
  header: readonly string[],
  row: readonly string[],
  template: object,
  more: object = {},
): Promise<unknown> {
  const path = file(csv(header, [row]))
  const [first] = await rowsOf(path, { reports: [template], ...more }, { ids: false })
  return first?.report
}

export async function refusal(work: Promise<unknown>): Promise<RashomonError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (isRashomonError(error)) return error
  throw error instanceof Error ? error : new Error('nothing was refused')
}

export const empty = (): Promise<Timeline> =>
  openTimeline({ log: ':memory:', clock: () => Date.UTC(2030, 0, 1) })

/** Who held which town when, as some source said. */
export const HEADER = ['source', 'town', 'day', 'status', 'note']
export const HELD = {
  zone: 'Europe/Kyiv',
  reports: [
    {
      claim: {
        kind: 'control',
        mode: 'change',
        place: '{town}',
        status: '{status}',
        with: {
          by: '{status}',
          map: {
            RED: { holder: 'reds' },
            BLUE: { holder: 'blues', basis: 'default' },
            FOUGHT: { contest: ['blues', 'reds'] },
            NONE: { ends: true },
          },
        },
      },
      when: { date: '{day}', formats: ['ISO', 'D/M/YYYY'] },
      attribution: '{source}',
      published: { date: '{day}', formats: ['ISO', 'D/M/YYYY'] },
      citation: { text: '{note}' },
    },
  ],
}

const days = fc.integer({ min: 0, max: 300 }).map((day) => {
  const at = new Date(Date.UTC(2022, 1, 24) + day * 86_400_000)
  return day % 3 === 0
    ? `${at.getUTCDate()}/${at.getUTCMonth() + 1}/${at.getUTCFullYear()}`
    : at.toISOString().slice(0, 10)
})

/** Rows that can be appended, with `register`. */
export const heldRow = fc.tuple(
  fc.constantFrom('herald', 'gazette'),
  fc.constantFrom('town', 'hill', 'ford', 'mill'),
  days,
  fc.constantFrom('RED', 'BLUE', 'FOUGHT', 'NONE'),
  fc.constantFrom('', '', 'a note', 'with "quotes", and\nlines', 'cafe\u0301'),
)

/** Rows that cannot, for many reasons. */
export const badRow = fc
  .tuple(heldRow, fc.constantFrom(0, 1, 2, 3, 4, 5))
  .map(([[source, town, day, status, note], fault]): string[] => {
    if (fault === 0) return [source, town, '2022-02-30', status, note]
    if (fault === 1) return [source, town, day, 'GREEN', note]
    if (fault === 2) return [source, ' ', day, status, note]
    if (fault === 3) return ['desk', town, day, status, note]
    if (fault === 4) return [source, town, day]
    return [source, '', day, status, note]
  })

/** Everything of a log that does not hang on when and in which commits it was appended. */
export function contentOf(timeline: Timeline): string[] {
  return [...timeline.reports()].map(({ id, report, citation }) => {
    const { parts: _, ...said } = report
    return `${id} ${JSON.stringify(said)} ${JSON.stringify(citation)}`
  })
}

export function importHeld(timeline: Timeline, files: readonly string[], options: object = {}) {
  const mapping = parseMapping(HELD)
  return importCsv(timeline, { files, mapping, register: true, ...options })
}
