/** The map of 2022 imported with the example mappings, and what views of it say. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importCsv } from '../../src/exchange/csv/import.js'
import { readMapping } from '../../src/exchange/csv/schema.js'
import { openTimeline, type Timeline, type View } from '../../src/index.js'
import type { Says } from './ua-control-rows.js'

const MAPPINGS = fileURLToPath(new URL('../../scripts/mappings/', import.meta.url))

export const mapping = (name: 'places' | 'changes' | 'claims' | 'panel') =>
  readMapping(readFileSync(join(MAPPINGS, `ua-control-${name}.json`), 'utf8'))

/** Files of the data set, or of some of its places. */
export interface Files {
  readonly places: string
  readonly control: string
  readonly claims: string
}

export function filesOf(folder: string): Files {
  return {
    places: join(folder, 'places.csv.gz'),
    control: join(folder, 'isw_control_changes.csv.gz'),
    claims: join(folder, 'claims_changes.csv.gz'),
  }
}

/** A log in memory with the actors, sources and places. */
export async function newLog({ places }: Pick<Files, 'places'>): Promise<Timeline> {
  let now = Date.parse('2023-01-01T00:00Z')
  const timeline = await openTimeline({ log: ':memory:', clock: () => now++ })
  await timeline.append(
    JSON.parse(readFileSync(join(MAPPINGS, 'ua-control-registry.json'), 'utf8')),
  )
  await importCsv(timeline, { files: [places], mapping: mapping('places') })
  return timeline
}

/** A log of the change files. */
export async function changesLog(files: Files): Promise<Timeline> {
  const timeline = await newLog(files)
  await importCsv(timeline, { files: [files.control], mapping: mapping('changes') })
  await importCsv(timeline, { files: [files.claims], mapping: mapping('claims') })
  return timeline
}

/** Imports maps as changes. */
export function importMaps(timeline: Timeline, files: readonly string[], commit?: number) {
  const more = commit === undefined ? {} : { commit }
  return importCsv(timeline, { files, mapping: mapping('panel'), changes: true, ...more })
}

/** What a frame says settled of each place and account, with whether it is by default. */
export function frameSays(view: View): Map<string, Says> {
  const frame = view.frame()
  const says = new Map<string, Says>()
  for (let row = 0; row < frame.size; row++) {
    const said: Record<string, unknown> = {}
    for (const facet of frame.facets) {
      const { settled, certain, byDefault } = frame.column[facet]!
      if (certain[row] !== 1) said.uncertain = facet
      if (settled[row] === 0) continue
      said[facet] = frame.values[settled[row]!]
      if (byDefault[row] === 1) said.byDefault = true
    }
    const key = `${frame.places[frame.place[row]!]} ${frame.accounts[frame.account[row]!]}`
    if (Object.keys(said).length > 0) says.set(key, said)
  }
  return says
}

/** The same as views of places tell it, with the basis. */
export function placesSay(view: View): Map<string, Says> {
  const says = new Map<string, Says>()
  for (const { place, accounts } of view.places())
    for (const { account, control, basis, certainty } of accounts) {
      const bases = new Set(Object.values(basis))
      if (bases.size === 0) continue
      const sure = Object.values(certainty).every((one) => one === 'certain')
      const beside = { basis: [...bases].join(), ...(sure ? {} : { uncertain: true }) }
      says.set(`${place} ${account}`, { ...control, ...beside })
    }
  return says
}

/** Keys of which two answers differ, the first few. */
export function differing(
  a: ReadonlyMap<string, Says>,
  b: ReadonlyMap<string, Says>,
): readonly string[] {
  const faults: string[] = []
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [text(a.get(key)), text(b.get(key))]
    if (x !== y) faults.push(`${key}: ${x} and ${y}`)
    if (faults.length === 10) break
  }
  return faults
}

function text(says: Says | undefined): string {
  return says === undefined
    ? 'nothing'
    : JSON.stringify(Object.entries(says).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Everything that reports of control say, ids apart, in no order. */
export function told(timeline: Timeline): string[] {
  const lines: string[] = []
  for (const { account, report } of timeline.reports({ kind: 'control' })) {
    const { id: _id, ...said } = report
    lines.push(JSON.stringify({ account, ...said }))
  }
  return lines.sort()
}

/** The sweeps of a log: one of an account and a day each. */
export function sweepsIn(timeline: Timeline): string[] {
  return [...timeline.reports({ kind: 'sweep' })].map(
    ({ account, report }) => `${report.start?.wording} ${account}`,
  )
}
