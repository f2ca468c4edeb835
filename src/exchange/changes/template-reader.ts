/**
 * What a row says by one template that shows maps: by whom and what, on which map, of what place. Rows
 * are many and what they say is little, so nothing is evaluated twice for the same cells.
 */
import { isRashomonError, RashomonError } from '../../errors.js'
import { compile } from '../csv/compile.js'
import { compileConditions } from '../csv/conditions.js'
import type { Expression, Template } from '../csv/language.js'
import type { Scope } from '../csv/node.js'
import type { Mapping } from '../csv/schema.js'
import { ByCells, columnsOf, rowOf } from './cells.js'
import type { Said } from './held.js'
import type { Dated, Maps, ReadLayer } from './maps.js'

export interface Voice {
  readonly layer: ReadLayer
  readonly effect: number
}

/** Values by cells that templates of one file have in common, by the expressions they are of. */
export class Common {
  readonly #columns: ReadonlyMap<string, number>
  readonly #known = new Map<string, ByCells<unknown>>()

  constructor(columns: ReadonlyMap<string, number>) {
    this.#columns = columns
  }

  get<T>(expression: unknown, columns: readonly string[]): ByCells<T> {
    const text = JSON.stringify(expression)
    const known = this.#known.get(text) ?? new ByCells<unknown>(columns, this.#columns)
    this.#known.set(text, known)
    return known as ByCells<T>
  }
}

/** What a row of one template says, by the cells that each part of it hangs on. */
export class TemplateReader {
  readonly number: number
  /** Of the row that was found last. */
  voice!: Voice
  date!: Dated
  place = -1
  readonly #parts: Parts
  readonly #voices: ByCells<Voice | null>
  readonly #dates: ByCells<Dated>
  readonly #places: ByCells<number>

  constructor(number: number, parts: Parts, common: Common) {
    const { test, attribution, said, at, zone, place, given } = parts
    this.number = number
    this.#parts = parts
    this.#voices = common.get(number, [...test.columns, ...columnsOf(attribution, said)])
    this.#dates = common.get(['at', given.at, given.zone ?? null], columnsOf(at, zone))
    this.#places = common.get(['place', given.claim.place], columnsOf(place))
  }

  /** Whether a row says nothing, what was met before (`voice`, `date`, `place` tell it), or something new. */
  find(cells: readonly string[]): 'silent' | 'known' | 'new' {
    const voice = this.#voices.get(cells)
    if (voice === null) return 'silent'
    const date = this.#dates.get(cells)
    const place = this.#places.get(cells)
    if (voice === undefined || date === undefined || place === undefined) return 'new'
    this.voice = voice
    this.date = date
    this.place = place
    return 'known'
  }

  /**
   * Takes in what is new in a row; it is then found.
   *
   * @throws `invalid-report`, `invalid-mapping`
   */
  async meet(cells: readonly string[], maps: Maps): Promise<void> {
    const voice = this.#voices.get(cells)
    if (voice === null) return
    if (voice === undefined) {
      const met = this.#voices.set(cells, await this.#voiceOf(cells, maps))
      if (met === null) return
    }
    if (this.#dates.get(cells) === undefined)
      this.#dates.set(cells, await this.#dateOf(cells, maps))
    if (this.#places.get(cells) === undefined) this.#places.set(cells, this.#placeIn(cells, maps))
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
    const place = { field: 'map.at', column: columnsOf(this.#parts.at).join(', ') }
    if (at === undefined)
      throw new RashomonError(
        'invalid-report',
        'map.at: is missing; the date of the map would be right',
        { place },
      )
    try {
      return await maps.dateOf(at, this.#parts.zone?.evaluate(row))
    } catch (error) {
      if (!isRashomonError(error) || error.place.field !== 'when') throw error
      const { code, message, data } = error
      throw new RashomonError(code, message.replace(/^when:/, 'map.at:'), { place, data })
    }
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

/** What templates are bound to: the columns of a file, and what they have in common there. */
export interface Binding {
  readonly scope: Scope
  readonly common: Common
}

/**
 * The reader of a template.
 *
 * @throws `invalid-mapping` for one that shows no maps that could be compared.
 */
export function readerOf(at: number, mapping: Mapping, bound: Binding): TemplateReader {
  const template = mapping.reports[at]!
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
    return new TemplateReader(at + 1, partsOf(template, parts, bound.scope), bound.common)
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
    given,
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
