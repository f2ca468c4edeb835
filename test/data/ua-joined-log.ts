/** One log of the map of 2022 and of Wikipedia's list of towns on the same places, and what it answers. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importCsv } from '../../src/exchange/csv/import.js'
import { loadTables } from '../../src/exchange/csv/lookup.js'
import type { Comparison, Dispute, PlaceView, SourceRecord, Timeline } from '../../src/index.js'
import { EXAMPLES, mappingOf } from './mapped.js'
import { changesLog, filesOf } from './ua-control-log.js'
import { countDays, type Days, type Found, type foldersIn } from './ua-joined-rows.js'
import type { Record } from './ua-record-rows.js'

export async function joinedLog({ map, page }: ReturnType<typeof foldersIn>): Promise<Timeline> {
  const timeline = await changesLog(filesOf(map))
  await timeline.append(
    JSON.parse(readFileSync(new URL('ua-wiki-registry.json', EXAMPLES), 'utf8')),
  )
  const mapping = mappingOf('ua-wiki-geonames')
  const crosswalk = join(page, 'place_crosswalk.csv.gz')
  const files = new Map(['geonames', 'called'].map((name) => [name, crosswalk]))
  const tables = await loadTables(mapping, files)
  await importCsv(timeline, { files: [join(page, 'reports.csv.gz')], mapping, tables })
  return timeline
}

export const MAP = 'isw'
export const PAGE = 'wikipedia'

/** What views of days, read at their end, say of places: counted as the plain code counts them. */
export function daysIn(
  timeline: Timeline,
  places: Iterable<string>,
  days: readonly string[],
): Map<string, Days> {
  const views = new Map(days.map((valid) => [valid, timeline.at({ valid, published: 'then' })]))
  return new Map(
    [...places].map((place) => [
      place,
      countDays(days, (day) => foundIn(views.get(day)!.place(place))),
    ]),
  )
}

function foundIn(told: PlaceView): Found {
  if (!speaks(told)) return 'silent'
  const [found, ...others] = told.disputes.filter(betweenThem)
  if (others.length > 0) throw new Error(`${told.place}: they differ on more than who holds it`)
  return found ?? 'fits'
}

/** What a comparison says of each place, in the same counts. */
export function daysCompared({ places, steps }: Comparison): Map<string, Days> {
  return new Map(
    places.map(({ place, bothSilent, onlyA, scope, vocabulary, lag, contradiction, open }) => [
      place,
      { said: steps.length - bothSilent - onlyA, scope, vocabulary, lag, contradiction, open },
    ]),
  )
}

function speaks({ accounts }: PlaceView): boolean {
  const page = accounts.find(({ account }) => account === PAGE)
  return page !== undefined && Object.keys(page.control).length > 0
}

function betweenThem({ parties }: Dispute): boolean {
  return parties.includes(MAP) && parties.includes(PAGE)
}

const DAY = 86_400_000

/** A record as the plain code has it. */
export function plainRecord({ medianMs, ...record }: SourceRecord): Record {
  const { claims, first, borneOut, contradicted, open } = record
  const days = (ms: number | null) => (ms === null ? null : ms / DAY)
  return {
    claims,
    first,
    borneOut,
    contradicted,
    open,
    days: { borneOut: days(medianMs.borneOut), contradicted: days(medianMs.contradicted) },
  }
}
