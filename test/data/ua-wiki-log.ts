/** Logs of Wikipedia's list of towns, made as a person makes them, and what is wrong with their answers. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import { openTimeline, type PlaceView, type Timeline } from '../../src/index.js'
import { folder, json } from '../cli/program.js'
import { NOBODY, type Row, type Says } from './ua-wiki-rows.js'

export const mapping = (name: string) =>
  fileURLToPath(new URL(`../../scripts/mappings/ua-wiki-${name}.json`, import.meta.url))

/** A log, the statements in it, and how the mapping calls towns and sides. */
export interface Told {
  readonly log: string
  readonly rows: readonly Row[]
  readonly places: ReadonlyMap<string, string>
  readonly sides: Readonly<Record<string, string>>
}

interface Summary {
  readonly appended: number
  readonly head: number
}

/** The import as a person types it. */
export function importCsv(log: string, csv: string, map: string, more: readonly string[] = []) {
  return json<Summary>(['import', 'csv', csv, '--map', map, ...more, '--log', log])
}

export async function newLog(): Promise<string> {
  const log = join(folder(), 'wiki.db')
  await json(['record', mapping('registry'), '--log', log])
  return log
}

export async function reopened(log: string): Promise<Timeline> {
  const timeline = await openTimeline({ log, readonly: true })
  onTestFinished(() => timeline.close())
  return timeline
}

export const SIDES = {
  Ukraine: 'ukraine',
  Russia: 'russia',
  'Donetsk PR': 'donetsk-pr',
  'Luhansk PR': 'luhansk-pr',
  [NOBODY]: NOBODY,
}

/** What the log holds of each row: the one control report of its number. */
export function placesOf(timeline: Timeline, rows: readonly Row[]): Map<string, string> {
  const said = new Map<string, readonly string[]>()
  for (const { id, places } of timeline.reports({ kind: 'control' })) said.set(id, places)
  expect([...said.keys()].sort()).toEqual(rows.map(reportId).sort())
  const found = new Map<string, string>()
  for (const row of rows) {
    const [place = ''] = said.get(reportId(row)) ?? []
    expect(found.get(row.town) ?? place).toBe(place)
    found.set(row.town, place)
  }
  return found
}

export const reportId = ({ id }: Row) => `wiki-cities-2022/${id}`

/** Who holds a place, who fights for it, and the report that says so. */
interface Held {
  readonly holder: readonly string[] | null
  readonly contest: readonly string[] | null
  readonly by: string | null
}

export function expected(row: Row | undefined, sides: Told['sides']): Held {
  const { holder, fought }: Says = row?.says ?? { holder: null, fought: false }
  return {
    holder: holder === null ? null : holder === NOBODY ? [] : [sides[holder] ?? ''],
    contest: fought ? ['russia', 'ukraine'] : null,
    by: row === undefined || (holder === null && !fought) ? null : reportId(row),
  }
}

export function answered({ accounts }: PlaceView): Held {
  const [said] = accounts
  const holder = said?.control.holder as { actors: string[] } | undefined
  const contest = said?.control.contest as string[] | undefined
  const carried = holder !== undefined ? 'holder' : contest !== undefined ? 'contest' : null
  return {
    holder: holder?.actors ?? null,
    contest: contest ?? null,
    by: carried === null ? null : (said?.evidence[carried]?.[0] ?? null),
  }
}

/** Rows by capture, in the order of captures. */
function captures(rows: readonly Row[]): [number, Row[]][] {
  const groups = new Map<number, Row[]>()
  for (const row of rows) groups.set(row.captured, [...(groups.get(row.captured) ?? []), row])
  return [...groups]
}

/**
 * Where an answer to `published: 'then'` is not the last row captured by then: asked of every row
 * just before and just after its capture. Where two names of one place are captured together, the
 * name that left the page does not speak for the one that stands on it.
 */
export function faults(timeline: Timeline, { rows, places, sides }: Told): string[] {
  const last = new Map<string, Row>()
  const found: string[] = []
  const ask = (instant: number, asked: readonly string[]) => {
    const valid = new Date(instant).toISOString()
    const view = timeline.at({ valid, published: 'then' })
    for (const place of asked) {
      const answer = JSON.stringify(answered(view.place(place)))
      const wanted = JSON.stringify(expected(last.get(place), sides))
      if (answer !== wanted) found.push(`${valid} ${place}: ${answer}, not ${wanted}`)
    }
  }
  for (const [captured, together] of captures(rows)) {
    const named = together.map((row) => ({ row, place: places.get(row.town) ?? '' }))
    const asked = named.map(({ place }) => place)
    const stand = new Set(named.filter(({ row }) => !row.gone).map(({ place }) => place))
    ask(captured - 1, asked)
    for (const { row, place } of named) if (!row.gone || !stand.has(place)) last.set(place, row)
    ask(captured + 1, asked)
  }
  return found
}
