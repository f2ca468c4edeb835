/**
 * Small repeated maps for tests: four places, a layer that says who holds each and one that claims,
 * on some days of a fortnight; and the plain answer to what each account says at the end of a day.
 * Nothing here knows of windows, marks or differences.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { changesOf } from '../../src/exchange/changes.js'
import { parseMapping } from '../../src/exchange/csv/schema.js'
import { openTimeline, type Timeline } from '../../src/index.js'

export const PLACES = ['p1', 'p2', 'p3', 'p4'] as const
/** What the map of control says of a place, and the layer of claims; an empty text: not shown. */
export interface Shown {
  readonly control: '' | 'A' | 'B' | 'X'
  readonly claim: '' | '0' | '1'
}
export type DayMap = Readonly<Record<(typeof PLACES)[number], Shown>>
/** Maps by the day of the month. */
export type Maps = ReadonlyMap<number, DayMap>

export const MAPPING = parseMapping({
  zone: 'UTC',
  reports: [
    {
      if: '{control}',
      map: { at: '{date}' },
      claim: {
        kind: 'control',
        place: '{place}',
        status: '{control}',
        with: {
          by: '{control}',
          map: {
            A: { holder: ['reds'], ends: ['contest'] },
            B: { basis: 'default', holder: ['blues'], ends: ['contest'] },
            X: { contest: ['blues', 'reds'], ends: ['holder'] },
          },
        },
      },
      attribution: 'herald',
      published: '{date}',
      batch: 'herald/{date}',
    },
    {
      if: '{claim}',
      map: { at: '{date}', first: 'change' },
      claim: {
        kind: 'control',
        place: '{place}',
        with: { by: '{claim}', map: { 1: { presence: ['reds'] }, 0: { ends: ['presence'] } } },
      },
      attribution: ['herald', 'herald/claims'],
      published: '{date}',
      batch: 'herald/claims/{date}',
    },
  ],
})

const date = (day: number) => `2022-03-${String(day).padStart(2, '0')}`

/** Rows of maps, in the order of the days given. */
export function rowsOf(maps: Maps, days: readonly number[]): string[] {
  return days.flatMap((day) =>
    PLACES.map((place) => {
      const { control, claim } = maps.get(day)![place]
      return `${date(day)},${place},${control},${claim}`
    }),
  )
}

/** A file of rows in a folder that goes away with the process. */
export function fileOf(rows: readonly string[]): string {
  const file = join(FOLDER, `maps-${count++}.csv`)
  writeFileSync(file, `${['date,place,control,claim', ...rows].join('\n')}\n`)
  return file
}

const FOLDER = mkdtempSync(join(tmpdir(), 'rashomon-maps-'))
process.on('exit', () => rmSync(FOLDER, { recursive: true, force: true }))
let count = 0

/** A log in memory that knows the places, actors and sources; its clock goes on. */
export async function openMaps(): Promise<Timeline> {
  let now = Date.parse('2023-01-01T00:00Z')
  const timeline = await openTimeline({ log: ':memory:', clock: () => now++ })
  const entry = (kind: string, id: string) => ({ claim: { kind, [kind]: id } })
  await timeline.append([
    ...PLACES.map((place) => entry('place', place)),
    ...['reds', 'blues'].map((actor) => entry('actor', actor)),
    ...['herald', 'herald/claims'].map((source) => entry('source', source)),
  ])
  return timeline
}

export interface Run {
  /** Reports of a commit. */
  readonly commit?: number
  /** Commits after which the process dies. */
  readonly dies?: number
  /** Breaks what comparing gives. */
  readonly broken?: (report: Written) => Written | null
}
export type Written = Readonly<Record<string, unknown>>

/** One run of an import; the number of reports that were appended for the first time. */
export async function runMaps(
  timeline: Timeline,
  files: readonly string[],
  { commit = 1000, dies = Number.POSITIVE_INFINITY, broken = (report) => report }: Run = {},
): Promise<number> {
  const reports: Written[] = []
  for await (const rows of changesOf(timeline, { files, mapping: MAPPING }).open({}))
    for (const { report } of rows) {
      const kept = broken(report)
      if (kept !== null) reports.push(kept)
    }
  let appended = 0
  for (let at = 0, commits = 0; at < reports.length && commits < dies; at += commit, commits++) {
    const receipts = await timeline.append(reports.slice(at, at + commit))
    appended += receipts.filter(({ duplicate }) => !duplicate).length
  }
  return appended
}

/** What the accounts say of places at the ends of days, as text that can be compared. */
export type Answers = Readonly<Record<string, string>>

const LAYERS = {
  herald: {
    A: '{"holder":{"actors":["reds"]}}',
    B: '{"holder":{"actors":["blues"]},"default":true}',
    X: '{"contest":["blues","reds"]}',
  },
  'herald/claims': { 1: '{"presence":["reds"]}', 0: '{}' },
} as const

/** The plain answer: of each account the last map up to the day that shows the place. */
export function plainAnswers(maps: Maps, days: readonly number[]): Answers {
  const answers: Record<string, string> = {}
  for (let day = 1; day <= LAST; day++)
    for (const place of PLACES) {
      const of = { herald: '{}', 'herald/claims': '{}' }
      for (const other of [...days].sort((a, b) => a - b)) {
        if (other > day) break
        const { control, claim } = maps.get(other)![place]
        if (control !== '') of.herald = LAYERS.herald[control]
        if (claim !== '') of['herald/claims'] = LAYERS['herald/claims'][claim]
      }
      for (const [account, says] of Object.entries(of))
        answers[`${date(day)} ${place} ${account}`] = says
    }
  return answers
}

/** Whether a map has anything of a layer. */
function shows(map: DayMap, account: string): boolean {
  return Object.values(map).some(({ control, claim }) =>
    account === 'herald' ? control !== '' : claim !== '',
  )
}

/** What the view says settled; and what of it is not certain, on days with a map of the account. */
export function viewAnswers(
  timeline: Timeline,
  maps: Maps,
): { readonly answers: Answers; readonly uncertain: readonly string[] } {
  const answers: Record<string, string> = {}
  const uncertain: string[] = []
  for (let day = 1; day <= LAST; day++) {
    const view = timeline.at({ valid: date(day) })
    for (const place of PLACES) {
      const { accounts } = view.place(place)
      for (const account of ['herald', 'herald/claims']) {
        const key = `${date(day)} ${place} ${account}`
        const told = accounts.find((one) => one.account === account)
        const { control = {}, basis = {}, certainty = {} } = told ?? {}
        const byDefault = Object.values(basis).includes('default')
        answers[key] = JSON.stringify({ ...control, ...(byDefault ? { default: true } : {}) })
        const map = maps.get(day)
        const mapped = map !== undefined && shows(map, account)
        if (mapped && Object.values(certainty).includes('possible')) uncertain.push(key)
      }
    }
  }
  return { answers, uncertain }
}

export const LAST = 14

/** Maps of some days; `whole` where every map of a layer shows every place. */
export function mapsOf({ whole }: { readonly whole: boolean }): fc.Arbitrary<Maps> {
  const control = whole ? ['A', 'B', 'X'] : ['', 'A', 'B', 'X']
  const claim = whole ? ['0', '1'] : ['', '0', '1']
  const shown = fc.record({
    control: fc.constantFrom(...(control as Shown['control'][])),
    claim: fc.constantFrom(...(claim as Shown['claim'][])),
  })
  const map = fc.record({ p1: shown, p2: shown, p3: shown, p4: shown })
  const days = fc.uniqueArray(fc.integer({ min: 1, max: LAST }), { minLength: 1, maxLength: 6 })
  return days.chain((some) =>
    fc
      .array(map, { minLength: some.length, maxLength: some.length })
      .map((maps) => new Map(some.sort((a, b) => a - b).map((day, at) => [day, maps[at]!]))),
  )
}
