/**
 * Repeated maps as changes and sweeps (RULINGS 15): a map of every day says little that the map before
 * did not say. Files are read twice. The first reading finds what their maps show; compared with what the
 * log holds of each account, that gives the few rows that say something new, which the second
 * reading makes reports of. Nothing is appended here.
 *
 *   rows ▶ maps ─ what each shows ─┐
 *                                  ├▶ differences ▶ rows that differ ▶ changes ┐
 *   log ─ states, sweeps, reports ─┘             ▶ restored, narrowed, sweeps ─┴▶ reports in order
 *
 * Rows of maps whose batch was voided are passed over: those maps do not count.
 */
import { isRashomonError, RashomonError } from '../errors.js'
import type { Timeline } from '../index.js'
import {
  type AccountMap,
  type Change,
  type Differences,
  differencesOf,
  type Layer,
} from './changes/difference.js'
import { Held } from './changes/held.js'
import { comparedMap, Maps, type ReadMap, type Spot } from './changes/maps.js'
import { changeOf, type Known, narrowOf, restoreOf, sweepOf } from './changes/reports.js'
import { MapReader } from './changes/rows.js'
import { Trial } from './changes/trial.js'
import { Words } from './changes/words.js'
import type { Scope } from './csv/node.js'
import { readVariables } from './csv/pattern.js'
import type { Hooks, MappedRow, RowSource, RowsOptions } from './csv/rows.js'
import { openTable, type TableRow } from './csv/table.js'
import { bindTemplates } from './csv/template.js'

export interface ChangesOptions extends Pick<RowsOptions, 'files' | 'mapping' | 'tables'> {
  /** Stops the reading; nothing comes of it then. */
  readonly signal?: AbortSignal | undefined
}

/** What a set of maps brings to a log, in numbers. */
export interface ChangesFound {
  /** Maps that were compared, one for each account and date. */
  readonly maps: number
  readonly changes: number
  readonly sweeps: number
  /** What later maps of the log showed, said again after a map that came in between. */
  readonly restored: number
  /** Reports of later maps whose windows begin only after a map that came in between. */
  readonly narrowed: number
  /** Batches that were voided, whose maps were passed over. */
  readonly voided: readonly string[]
}

export interface Changes {
  /** The reports to append, in order. The first opening reads and compares, the next give the same again. */
  readonly open: RowSource
  /** Once they were compared. */
  readonly found: () => ChangesFound | null
}

/**
 * Maps of files, compared with a log as it stands when they are opened first.
 *
 * @throws (as it is opened) `usage`, `invalid-csv`, `invalid-mapping`, `invalid-report` with file,
 *   row and column.
 */
export function changesOf(timeline: Timeline, options: ChangesOptions): Changes {
  let compared: Compared | null = null
  /** Bytes of the files, told again in proportion to the reports where they are not read again. */
  let whole = 0
  return {
    found: () => compared?.found ?? null,
    async *open(hooks) {
      const again = compared !== null
      let bytes = 0
      const onBytes = (more: number) => {
        bytes += more
        hooks.onBytes?.(more)
      }
      compared ??= await compare(timeline, { ...options, ...hooks, onBytes })
      const { rows } = compared
      for (let at = 0; at < rows.length; at += BATCH) {
        if (again) hooks.onBytes?.((whole * Math.min(BATCH, rows.length - at)) / rows.length)
        yield rows.slice(at, at + BATCH)
      }
      if (!again) whole = bytes
    },
  }
}

/** Rows handed on together. */
const BATCH = 1000

type Options = ChangesOptions & Hooks

interface Compared {
  readonly rows: readonly MappedRow[]
  readonly found: ChangesFound
}

async function compare(timeline: Timeline, options: Options): Promise<Compared> {
  const words = new Words()
  const trial = await Trial.open(words)
  try {
    const maps = new Maps(trial)
    await readMaps(maps, halved(options))
    if (options.signal?.aborted) return { rows: [], found: NOTHING }
    const held = new Held({ timeline, words, trial })
    return await new Comparison({ timeline, options, maps, held, words }).run()
  } finally {
    await trial.close()
  }
}

/** Each of the two readings tells half of the bytes. */
function halved(options: Options): Options {
  return { ...options, onBytes: (bytes) => options.onBytes?.(bytes / 2) }
}

const NOTHING: ChangesFound = {
  maps: 0,
  changes: 0,
  sweeps: 0,
  restored: 0,
  narrowed: 0,
  voided: [],
}

async function readMaps(maps: Maps, options: Options): Promise<void> {
  const { onBad, onRows } = options
  for await (const { reader, rows, file } of readersOf(maps, options)) {
    for (const { row, cells, fault } of rows)
      try {
        if (fault !== undefined) throw fault
        const met = reader.take(cells, { file, row })
        if (met !== null) await met
      } catch (error) {
        if (!isRashomonError(error)) throw error
        const bad = error.at({ file, row })
        if (onBad === undefined || error.code === 'invalid-mapping') throw bad
        onBad(bad)
      }
    onRows?.(rows.length)
  }
}

interface Batch {
  readonly file: string
  readonly reader: MapReader
  readonly rows: readonly TableRow[]
}

async function* readersOf(maps: Maps, options: Options): AsyncGenerator<Batch, void> {
  const { files, mapping, tables = new Map(), onBytes, signal } = options
  const { separator, header: named, trim } = mapping
  for (const file of files) {
    const variables = readVariables(mapping.file, file)
    const { header, rows } = await openTable(file, { separator, header: named, trim, onBytes })
    const columns = new Map(header.map((name, at) => [name, at]))
    const scope: Scope = { columns, variables, tables, path: [], inRange: false, inList: false }
    let reader: MapReader
    try {
      const bound = bindTemplates({ mapping, header, variables, tables, ids: false })
      reader = new MapReader(maps, mapping, { bound, scope })
    } catch (error) {
      throw isRashomonError(error) ? error.at({ file }) : error
    }
    for await (const batch of rows) {
      if (signal?.aborted) return
      yield { file, reader, rows: batch }
    }
  }
}

interface Ground {
  readonly timeline: Timeline
  readonly options: Options
  readonly maps: Maps
  readonly held: Held
  readonly words: Words
}

/** The id of a report that the log does not hold: what it holds is not checked again. */
const NEW = 'whether-a-batch-is-closed'

/** No map has it for its number. */
const NO_MAP = -1

/** The row that is named for what comes of a map as a whole. */
const HEADER = 1

/** Where what is said again and narrowed stands: it has to be there whenever the map between is. */
const FIRST = Number.NEGATIVE_INFINITY

class Comparison {
  /** What was put among the rows so far. */
  readonly #count = { maps: 0, changes: 0, sweeps: 0, restored: 0, narrowed: 0 }
  readonly #ground: Ground
  readonly #rows: { readonly latest: number; readonly row: MappedRow }[] = []
  readonly #wanted = new Map<Layer, Map<number, Map<number, Change>>>()
  /** The rows of changes, by place. */
  readonly #changed = new Map<AccountMap, Map<number, MappedRow>>()
  readonly #read = new Map<AccountMap, ReadMap>()
  readonly #voided = new Set<string>()

  constructor(ground: Ground) {
    this.#ground = ground
  }

  async run(): Promise<Compared> {
    const found = this.#count
    const differences: Differences[] = []
    const { maps } = this.#ground
    for (const [account, own] of maps.accounts()) {
      const one = await this.#compare(account, own)
      differences.push(one)
      found.maps += own.length
      found.sweeps += one.sweeps.length
    }
    await this.#readChanges()
    for (const one of differences) await this.#readOthers(one)
    const rows = this.#rows.sort((a, b) => a.latest - b.latest).map(({ row }) => row)
    const stopped = this.#ground.options.signal?.aborted === true
    return { rows: stopped ? [] : rows, found: { ...found, voided: [...this.#voided] } }
  }

  async #compare(account: string, own: readonly ReadMap[]): Promise<Differences> {
    const { maps, held, words } = this.#ground
    const asked: AccountMap[] = []
    for (const read of own) {
      const map = comparedMap(read, await this.#isClosed(read))
      this.#read.set(map, read)
      asked.push(map)
    }
    const { places } = maps
    const found = await differencesOf({ account, maps: asked, places, held, words })
    for (const change of found.changes) this.#want(change)
    return found
  }

  /** What comes of maps as wholes, or of a later map's row. */
  async #readOthers({ restores, narrows, sweeps }: Differences): Promise<void> {
    const { maps, held, words } = this.#ground
    for (const restore of restores) {
      const { account } = this.#read.get(restore.map)!
      const known: Known = { account, said: maps.saidBy(account), held, words }
      const row = this.#changed.get(restore.map)?.get(maps.places.get(restore.place)!)
      if (row === undefined) continue
      this.#put(FIRST, { ...row, report: await restoreOf(restore, known) })
      this.#count.restored++
    }
    for (const narrow of new Map(narrows.map((one) => [one.id, one])).values()) {
      const { sample } = this.#read.get(narrow.map)!
      this.#put(FIRST, { ...sample, row: HEADER, report: narrowOf(narrow, sample) })
      this.#count.narrowed++
    }
    for (const map of sweeps) {
      const read = this.#read.get(map)!
      this.#put(map.latest, { ...read.sample, row: HEADER, report: sweepOf(read) })
    }
  }

  #want(change: Change): void {
    const { layer, map, place } = change
    const number = map.layers.find((one) => one.layer === layer)!.map
    const byMap = this.#wanted.get(layer) ?? new Map<number, Map<number, Change>>()
    this.#wanted.set(layer, byMap)
    const byPlace = byMap.get(number) ?? new Map<number, Change>()
    byMap.set(number, byPlace)
    byPlace.set(place, change)
  }

  /** The second reading: the rows that differ, as changes. */
  async #readChanges(): Promise<void> {
    const { maps, options } = this.#ground
    if (this.#wanted.size === 0) return
    const second = { ...halved(options), onBad: undefined, onRows: undefined }
    for await (const { reader, rows, file } of readersOf(maps, second))
      for (const { row, cells, fault } of rows) {
        if (fault !== undefined) continue
        if (this.#locate(reader, cells, { file, row })) continue
        await reader.meetAgain(cells)
        this.#locate(reader, cells, { file, row })
      }
  }

  /** Reads what of a row is a change; whether all that the row says was met before by its reader. */
  #locate(reader: MapReader, cells: readonly string[], spot: Spot): boolean {
    const { readers } = reader
    for (let at = 0; at < readers.length; at++) {
      const template = readers[at]!
      const found = template.find(cells)
      if (found === 'new') return false
      if (found === 'silent') continue
      const { voice, date, place } = template
      const wanted = this.#wanted.get(voice.layer)?.get(voice.layer.maps[date.number] ?? NO_MAP)
      const change = wanted?.get(place)
      if (change === undefined) continue
      wanted!.delete(place)
      this.#readChange(change, { reader, cells, template: template.number, spot })
    }
    return true
  }

  #readChange(change: Change, { reader, cells, template, spot }: RowAt): void {
    const { onBad, mapping } = this.#ground.options
    try {
      const { date } = this.#read.get(change.map)!
      if (change.otherwise) throw otherwise(date.at)
      const { first = 'observation' } = mapping.reports[template - 1]!.map ?? {}
      const report = changeOf(reader.report(cells, template), change, { at: date.at, first })
      const columnsOf = (error: RashomonError) => reader.columnsOf(template)(error, report)
      const made = { ...spot, template, cells, report, columnsOf }
      this.#put(change.map.latest, made)
      this.#count.changes++
      const byPlace = this.#changed.get(change.map) ?? new Map<number, MappedRow>()
      this.#changed.set(change.map, byPlace.set(change.place, made))
    } catch (error) {
      if (!isRashomonError(error)) throw error
      const bad = error.at(spot)
      if (onBad === undefined) throw bad
      onBad(bad)
    }
  }

  #put(latest: number, { file, row, template, cells, report, columnsOf }: MappedRow): void {
    const more = columnsOf === undefined ? {} : { columnsOf }
    this.#rows.push({ latest, row: { file, row, template, cells, report, ...more } })
  }

  /** Whether the batch of a map was voided: a new report of it would be refused. */
  async #isClosed(map: ReadMap): Promise<boolean> {
    const { batch } = map.sample.report
    if (typeof batch !== 'string') return false
    if (this.#voided.has(batch)) return true
    const { timeline } = this.#ground
    if (timeline.head === 0) return false
    try {
      await timeline.record([{ ...sweepOf(map), id: NEW }], { dryRun: true, register: true })
      return false
    } catch (error) {
      // What else is wrong with it is said, with its row, where everything is checked.
      if (!isRashomonError(error, 'batch-closed')) return false
      this.#voided.add(batch)
      return true
    }
  }
}

interface RowAt {
  readonly reader: MapReader
  readonly cells: readonly string[]
  readonly template: number
  readonly spot: Spot
}

function otherwise(at: unknown): RashomonError {
  return new RashomonError(
    'invalid-report',
    `claim: the log holds the map of ${JSON.stringify(at)}, and it shows this place otherwise; voiding its batch, or a correction of the report, would be right`,
    { place: { field: 'claim' } },
  )
}
