/**
 * Rows of a file as its mapping reads them for comparing: whose map each is of, which, of what place,
 * and what it shows there. Rows are many and what they say is little, so nothing is evaluated twice
 * for the same cells: a row costs some look-ups for each template.
 */
import { isRashomonError, RashomonError } from '../../errors.js'
import { compile, compileConditions } from '../csv/compile.js'
import type { Expression, Template } from '../csv/language.js'
import type { Scope } from '../csv/node.js'
import { placedAt } from '../csv/rows.js'
import type { Mapping } from '../csv/schema.js'
import type { Bound } from '../csv/template.js'
import { ByCells, columnsOf, rowOf } from './cells.js'
import type { Said } from './held.js'
import type { Dated, Maps, ReadLayer, Sample, Spot } from './maps.js'

interface Voice {
  readonly layer: ReadLayer
  readonly effect: number
}

/** A row that was taken, by one template. */
export interface Located extends Voice {
  readonly map: number
  readonly place: number
  readonly template: number
}

/** A row as one template reads it. */
interface RowOf {
  readonly cells: readonly string[]
  readonly spot: Spot
  readonly template: number
}

/** The templates of a mapping that show maps, bound to the columns of a file. */
export class MapReader {
  readonly #maps: Maps
  readonly #readers: readonly TemplateReader[]
  readonly #bound: readonly Bound[]

  /**
   * `bound` are the same templates, as whole reports.
   *
   * @throws `invalid-mapping`
   */
  constructor(
    maps: Maps,
    mapping: Mapping,
    { bound, scope }: { bound: readonly Bound[]; scope: Scope },
  ) {
    this.#maps = maps
    this.#bound = bound
    this.#readers = mapping.reports.map((template, at) => readerOf(template, at, mapping, scope))
  }

  /**
   * Takes a row into what its maps show; at once where all it says was met before.
   *
   * @throws `invalid-report`, `invalid-mapping` with file, row and column.
   */
  take(cells: readonly string[], spot: Spot): Promise<void> | null {
    for (const [index, reader] of this.#readers.entries()) {
      const found = reader.find(cells)
      if (found === undefined) return this.#meet(cells, spot, index)
      if (found !== null) this.#show(found, { cells, spot, template: reader.number })
    }
    return null
  }

  async #meet(cells: readonly string[], spot: Spot, from: number): Promise<void> {
    for (const reader of this.#readers.slice(from)) {
      const { number: template } = reader
      const found = await reader.meet(cells, this.#maps).catch((error: unknown) => {
        throw this.#placed(error, { cells, spot, template })
      })
      if (found !== null) this.#show(found, { cells, spot, template })
    }
  }

  #show({ voice, date, place }: Found, row: RowOf): void {
    const { layer, effect } = voice
    try {
      const map = layer.maps[date.number] ?? this.#maps.mapOf(layer, date, this.#sampleOf(row))
      if (layer.shown.take(map, place, effect) === 'otherwise') throw twice(date.date.at)
    } catch (error) {
      throw this.#placed(error, row)
    }
  }

  #placed(error: unknown, { cells, spot, template }: RowOf): unknown {
    if (!isRashomonError(error)) return error
    const { columnsOf } = this.#bound[template - 1]!
    const report = {}
    return placedAt(error, {
      ...spot,
      template,
      cells,
      report,
      columnsOf: (refused) => columnsOf(refused, report),
    })
  }

  /**
   * What a row says by one template, as a report without its date.
   *
   * @throws `invalid-report`
   */
  report(cells: readonly string[], template: number): Readonly<Record<string, unknown>> {
    return this.#bound[template - 1]!.make(rowOf(cells))?.report ?? {}
  }

  columnsOf(template: number): Bound['columnsOf'] {
    return this.#bound[template - 1]!.columnsOf
  }

  #sampleOf({ cells, spot, template }: RowOf): Sample {
    return { ...spot, template, cells, report: this.report(cells, template) }
  }

  /** Which maps and places a row that was taken is of, template by template. */
  *locate(cells: readonly string[]): Iterable<Located> {
    for (const reader of this.#readers) {
      const found = reader.find(cells)
      if (found == null) continue
      const { voice, date, place } = found
      const map = voice.layer.maps[date.number]
      if (map === undefined) continue
      yield { ...voice, map, place, template: reader.number }
    }
  }
}

interface Found {
  readonly voice: Voice
  readonly date: Dated
  readonly place: number
}

function twice(at: unknown): RashomonError {
  return new RashomonError(
    'invalid-report',
    `claim: an earlier row shows this place otherwise on the map of ${JSON.stringify(at)}; one row for a place on a map would be right`,
    { place: { field: 'claim' } },
  )
}

/** What a row of one template says, by the cells that each part of it hangs on. */
class TemplateReader {
  readonly number: number
  readonly #parts: Parts
  readonly #voices: ByCells<Voice | null>
  readonly #dates: ByCells<Dated>
  readonly #places: ByCells<number>

  constructor(number: number, parts: Parts, columns: ReadonlyMap<string, number>) {
    const { test, attribution, said, at, zone, place } = parts
    this.number = number
    this.#parts = parts
    this.#voices = new ByCells([...test.columns, ...columnsOf(attribution, said)], columns)
    this.#dates = new ByCells(columnsOf(at, zone), columns)
    this.#places = new ByCells(columnsOf(place), columns)
  }

  /** What is known already; `undefined` where something is new, `null` where the row says nothing. */
  find(cells: readonly string[]): Found | null | undefined {
    const voice = this.#voices.get(this.#voices.key(cells))
    if (voice == null) return voice
    const date = this.#dates.get(this.#dates.key(cells))
    const place = this.#places.get(this.#places.key(cells))
    return date === undefined || place === undefined ? undefined : { voice, date, place }
  }

  async meet(cells: readonly string[], maps: Maps): Promise<Found | null> {
    const key = this.#voices.key(cells)
    let voice = this.#voices.get(key)
    if (voice === undefined) voice = this.#voices.set(key, await this.#voiceOf(cells, maps))
    if (voice === null) return null
    const on = this.#dates.key(cells)
    const date = this.#dates.get(on) ?? this.#dates.set(on, await this.#dateOf(cells, maps))
    const where = this.#places.key(cells)
    const place = this.#places.get(where) ?? this.#places.set(where, this.#placeIn(cells, maps))
    return { voice, date, place }
  }

  #placeOf(cells: readonly string[]): string {
    const id = this.#parts.place.evaluate(rowOf(cells))
    if (typeof id === 'string') return id
    throw new RashomonError(
      'invalid-report',
      'claim.place: is missing; the id of a place would be right',
      { place: { field: 'claim.place', column: columnsOf(this.#parts.place).join(', ') } },
    )
  }

  async #voiceOf(cells: readonly string[], maps: Maps): Promise<Voice | null> {
    const { test, attribution, said } = this.#parts
    const row = rowOf(cells)
    if (!test.holds(row)) return null
    const layer = await maps.layerOf(this.number, attribution.evaluate(row))
    const claim = (said.evaluate(row) ?? {}) as Said
    const stranger = TIMES.find((mark) => mark in claim)
    if (stranger !== undefined)
      throw new RashomonError(
        'invalid-mapping',
        `claim.${stranger}: is worked out where maps are compared; no such field would be right`,
        { place: { field: `claim.${stranger}` } },
      )
    return { layer, effect: await maps.effectOf(layer, claim) }
  }

  async #dateOf(cells: readonly string[], maps: Maps): Promise<Dated> {
    const row = rowOf(cells)
    const at = this.#parts.at.evaluate(row)
    if (at !== undefined) return maps.dateOf(at, this.#parts.zone?.evaluate(row))
    throw new RashomonError(
      'invalid-report',
      'map.at: is missing; the date of the map would be right',
      {
        place: { field: 'map.at', column: columnsOf(this.#parts.at).join(', ') },
      },
    )
  }

  #placeIn(cells: readonly string[], { places }: Maps): number {
    const id = this.#placeOf(cells)
    const known = places.get(id)
    if (known !== undefined) return known
    places.set(id, places.size)
    return places.size - 1
  }
}

/** Marks of a claim that comparing decides. */
const TIMES = ['mode', 'throughout', 'expected']

type Parts = ReturnType<typeof partsOf>

function readerOf(template: Template, at: number, mapping: Mapping, scope: Scope): TemplateReader {
  const place = `reports[${at}]`
  const refuse = (message: string) =>
    new RashomonError('invalid-mapping', `${place}.${message}`, {
      place: { field: place },
    })
  const { map, claim, with: more, when, until } = template
  if (map === undefined)
    throw refuse(
      'map: is missing, and --changes compares maps; { "at": the date of the map } would be right, or no --changes',
    )
  if (when !== undefined || until !== undefined)
    throw refuse(
      `${when === undefined ? 'until' : 'when'}: is worked out where maps are compared; no such field would be right`,
    )
  if (more !== undefined)
    throw refuse(
      'with: is merged into a whole report; where maps are compared, `with` inside `claim` would be right',
    )
  if (!isPlain(claim) || claim.kind !== 'control' || claim.place === undefined)
    throw refuse(
      'claim: is compared where it is of control and says its place itself; { "kind": "control", "place": … } would be right',
    )
  if (template.attribution === undefined)
    throw refuse('attribution: is missing; the source of the map would be right')
  const parts = { at: map.at, claim, zone: template.zone ?? mapping.zone }
  try {
    return new TemplateReader(at + 1, partsOf(template, parts, scope), scope.columns)
  } catch (error) {
    if (!isRashomonError(error, 'invalid-mapping')) throw error
    throw new RashomonError('invalid-mapping', `${place}.${error.message}`, { place: error.place })
  }
}

function partsOf(
  template: Template,
  given: {
    readonly at: Expression
    readonly claim: Readonly<Record<string, Expression>>
    readonly zone: Expression | undefined
  },
  scope: Scope,
) {
  const { kind: _kind, place, ...said } = given.claim
  return {
    test: compileConditions(template.if, scope),
    attribution: compile(template.attribution!, { ...scope, path: ['attribution'] }),
    said: compile(said, { ...scope, path: ['claim'] }),
    at: compile(given.at, { ...scope, path: ['map', 'at'] }),
    zone: given.zone === undefined ? null : compile(given.zone, { ...scope, path: ['zone'] }),
    place: compile(place!, { ...scope, path: ['claim', 'place'] }),
  }
}

function isPlain(value: unknown): value is Readonly<Record<string, Expression>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
