/**
 * The map of 2022 and Wikipedia's list of towns on the same places, day by day, by plain code over
 * the rows that knows nothing of the engine: where they differ, and why.
 *
 * Cells of the page: `Russia`, `Donetsk PR`, `Luhansk PR` and `DPR` are held by Russia; `Ukraine`, also
 * in small letters or with a remnant of a template after it, by Ukraine; `Uncontrolled` by nobody;
 * `Contested` and `Contested Ukraine` are fought for, and name no holder. Every other cell (empty,
 * `Unknown`, `Not known`, `Truce`, `Ukraine Russia`, `TemplateRUA`, dates and headings that slipped into
 * the column) and a town that left the page say nothing.
 *
 * The day is read at its end in UTC, with what was captured by then. The last row captured is what the
 * page says. Because the page dates its rows back, an earlier row may still be its last word: any that
 * was captured no earlier than the latest of the dates that the page gave by then. Where one of these
 * rows says nothing, or fits the map, both can be right and the difference is *open*.
 *
 * Map against page, on a day on which the page says something:
 *   the map shows nothing (Ukraine by default) and the page another   scope
 *   the one has it fought for, the other held                        vocabulary
 *   different holders                                                contradiction
 * A word of a later day that agrees would be a lag; by the end of a day nothing later is published.
 */
import { join } from 'node:path'
import { rowsOf } from './folder.js'
import { changeRows } from './ua-control-rows.js'
import { kyivDay, NOBODY, wikiRows } from './ua-wiki-rows.js'

/** A side that holds, `nobody`, `fought`, or `null` for a row that says nothing. */
export type Word = 'russia' | 'ukraine' | 'nobody' | 'fought' | null

export type Cause = 'scope' | 'vocabulary' | 'lag' | 'contradiction'

/** Days of a place on which the page says something, counted: in all, and those that differ by cause. */
export interface Days extends Readonly<Record<Cause, number>> {
  readonly said: number
  /** As the page dates its rows, both could be right. */
  readonly open: Readonly<Record<Exclude<Cause, 'scope'>, number>>
}

/** A row of the page, as it bears on a place. */
export interface PageRow {
  readonly word: Word
  /** First and last instant at which it can have begun, in milliseconds. */
  readonly first: number
  readonly last: number
  readonly captured: number
  readonly id: string
}

export const FROM = '2022-03-01'
export const TO = '2022-11-30'

/** The towns that the issue is about, by the map's own numbers. */
export const NAMED: Readonly<Record<string, string>> = {
  Bakhmut: '713174',
  Lyman: '704204',
  Kherson: '706448',
  Sievierodonetsk: '691999',
  Izium: '707292',
  Mariupol: '701822',
}

const HOLDERS: Readonly<Record<string, Word>> = {
  Ukraine: 'ukraine',
  Russia: 'russia',
  'Donetsk PR': 'russia',
  'Luhansk PR': 'russia',
  [NOBODY]: 'nobody',
}

/** Every row about a town that the crosswalk matches, by the map's number of the place. */
export function pageRows(folder: string): Map<string, PageRow[]> {
  return new Map([...allPageRows(folder)].filter(([place]) => !place.startsWith(UNMATCHED)))
}

const UNMATCHED = 'page '

/** The same with towns that it does not match, by their letters; rows that name none are one. */
export function allPageRows(folder: string): Map<string, PageRow[]> {
  const matched = new Map<string, string>()
  for (const row of rowsOf(folder, 'place_crosswalk.csv.gz'))
    if (row.match_status === 'matched')
      matched.set(`${row.name}|${row.name_disambiguator}`, row.geonameid ?? '')
  const found = new Map<string, PageRow[]>()
  for (const row of wikiRows(rowsOf(folder, 'reports.csv.gz'))) {
    const letters = row.name === '' ? '' : row.town.replace(/[^a-z0-9|]/gi, '').toLowerCase()
    const place = matched.get(row.town) ?? `${UNMATCHED}${letters}`
    const { holder, fought } = row.says
    const word = fought ? 'fought' : holder === null ? null : (HOLDERS[holder] ?? null)
    const dated = row.asOf !== null && !row.gone
    const first = dated ? kyivDay(row.asOf) : Number.NEGATIVE_INFINITY
    // A row that gives a date, or words for one, began before it was captured; one that gives none may begin with it.
    const last = dated || row.words !== null || row.gone ? row.captured - 1 : row.captured
    const { captured, id } = row
    const rows = found.get(place) ?? []
    rows.push({ word, first, last, captured, id: `wiki-cities-2022/${id}` })
    found.set(place, rows)
  }
  for (const rows of found.values()) rows.sort(inOrder)
  return found
}

function inOrder(a: PageRow, b: PageRow): number {
  return (
    a.last - b.last ||
    (a.first === b.first ? 0 : a.first - b.first) ||
    a.captured - b.captured ||
    (a.id < b.id ? -1 : 1)
  )
}

/** What the map shows of places at the end of days. */
export function mapRows(folder: string): Map<string, { date: string; status: string }[]> {
  const found = new Map<string, { date: string; status: string }[]>()
  for (const { account, place, date, status } of changeRows(folder)) {
    if (account !== 'isw') continue
    const rows = found.get(place) ?? []
    rows.push({ date, status })
    found.set(place, rows)
  }
  for (const rows of found.values()) rows.sort((a, b) => (a.date < b.date ? -1 : 1))
  return found
}

export function daysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

export type Found = { readonly cause: Cause; readonly open: boolean } | 'fits' | 'silent'

/** Whether a word of the page cannot stand beside what the map shows. */
function clash(word: Word, status: string): Exclude<Cause, 'lag'> | null {
  if (word === null) return null
  if (status === 'UA') return word === 'ukraine' ? null : 'scope'
  if (status === 'CONTESTED') return word === 'russia' || word === 'ukraine' ? 'vocabulary' : null
  if (word === 'fought') return 'vocabulary'
  return word === 'russia' ? null : 'contradiction'
}

/** Map and page about one place at the end of a day. */
export function judge(rows: readonly PageRow[], status: string, day: string): Found {
  const end = Date.parse(day) + 86_400_000 - 1
  const captured = rows.filter((row) => row.captured <= end)
  const word = captured.at(-1)?.word ?? null
  if (word === null) return 'silent'
  const cause = clash(word, status)
  if (cause === null) return 'fits'
  const latest = Math.max(...captured.map(({ first }) => first))
  const may = captured.filter(({ last }) => last >= latest).map((row) => row.word)
  return { cause, open: cause === 'scope' || !mustClash(may, status) }
}

/**
 * Who holds and whether it is fought for are dated apart: where one row names a holder and another
 * fighting, either may be said without the other, with it, or neither.
 */
function mustClash(may: readonly Word[], status: string): boolean {
  const held = new Set(may.map((word) => (word === 'fought' ? null : word)))
  const fought = new Set(may.map((word) => word === 'fought'))
  for (const holder of held)
    for (const fight of fought) if (!clashOf(holder, fight, status)) return false
  return true
}

function clashOf(holder: Word, fight: boolean, status: string): boolean {
  if (holder === null) return fight && status === 'RU'
  if (status === 'CONTESTED') return holder !== 'nobody' && !fight
  return holder !== 'russia'
}

/** Of each place that both tell of, what the days come to. */
export function joined(
  { map: mapFolder, page: pageFolder }: ReturnType<typeof foldersIn>,
  days: readonly string[],
): Map<string, Days> {
  const map = mapRows(mapFolder)
  const counted = new Map<string, Days>()
  for (const [place, rows] of pageRows(pageFolder)) {
    const shown = map.get(place)
    if (shown === undefined) throw new Error(`the map shows no ${place}`)
    counted.set(
      place,
      countDays(days, (day) => {
        const status = shown.findLast(({ date }) => date <= day)?.status ?? ''
        return judge(rows, status, day)
      }),
    )
  }
  return counted
}

/** Counts what is found on days. */
export function countDays(days: readonly string[], findOn: (day: string) => Found): Days {
  const count = { said: 0, scope: 0, vocabulary: 0, lag: 0, contradiction: 0 }
  const open = { vocabulary: 0, lag: 0, contradiction: 0 }
  for (const day of days) {
    const found = findOn(day)
    if (found === 'silent') continue
    count.said++
    if (found === 'fits') continue
    if (found.open && found.cause !== 'scope') open[found.cause]++
    else count[found.cause]++
  }
  return { ...count, open }
}

/** All places together. */
export function sum(counted: Iterable<Days>): Days {
  const total = { said: 0, scope: 0, vocabulary: 0, lag: 0, contradiction: 0 }
  const open = { vocabulary: 0, lag: 0, contradiction: 0 }
  for (const days of counted) {
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += days[name]
    for (const name of Object.keys(open) as (keyof typeof open)[]) open[name] += days.open[name]
  }
  return { ...total, open }
}

/** Where the data of both lies below one folder. */
export const foldersIn = (data: string) => ({
  map: join(data, 'ua-control-2022'),
  page: join(data, 'ua-wiki-cities-2022'),
})
