/** One log of the map of 2022 and of Wikipedia's list of towns on the same places, and what it answers. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importCsv } from '../../src/exchange/csv/import.js'
import { loadTables } from '../../src/exchange/csv/lookup.js'
import type { Dispute, PlaceView, SourceRecord, Timeline, View } from '../../src/index.js'
import { EXAMPLES, mappingOf } from './mapped.js'
import { changesLog, filesOf } from './ua-control-log.js'
import type { Days, foldersIn } from './ua-joined-rows.js'
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
  const views = days.map((valid) => timeline.at({ valid, published: 'then' }))
  return new Map([...places].map((place) => [place, countIn(views, place)]))
}

function countIn(views: readonly View[], place: string): Days {
  const count = { said: 0, differ: 0, open: 0, scope: 0, vocabulary: 0, lag: 0, contradiction: 0 }
  for (const view of views) {
    const told = view.place(place)
    if (!speaks(told)) continue
    count.said++
    const found = told.disputes.filter(betweenThem)
    if (found.length > 1) throw new Error(`${place}: more than one dispute of one kind of words`)
    for (const { cause, open } of found) {
      count.differ++
      count[cause]++
      if (open) count.open++
    }
  }
  return count
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
