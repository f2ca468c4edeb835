/** Rows of a file taken into what maps show, and found again. */
import { isRashomonError, RashomonError } from '../../errors.js'
import type { Scope } from '../csv/node.js'
import { placedAt } from '../csv/rows.js'
import type { Mapping } from '../csv/schema.js'
import type { Bound } from '../csv/template.js'
import { rowOf } from './cells.js'
import type { Maps, Sample, Spot } from './maps.js'
import { Common, readerOf, type TemplateReader } from './template-reader.js'

/** A row as one template reads it. */
interface RowOf {
  readonly cells: readonly string[]
  readonly spot: Spot
  readonly template: number
}

/** The templates of a mapping that show maps, bound to the columns of a file. */
export class MapReader {
  /** One for each template. */
  readonly readers: readonly TemplateReader[]
  readonly #maps: Maps
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
    const binding = { scope, common: new Common(scope.columns) }
    this.readers = mapping.reports.map((_, at) => readerOf(at, mapping, binding))
  }

  /**
   * Takes a row into what its maps show; at once where all it says was met before.
   *
   * @throws `invalid-report`, `invalid-mapping` with file, row and column.
   */
  take(cells: readonly string[], spot: Spot): Promise<void> | null {
    const { readers } = this
    for (let at = 0; at < readers.length; at++) {
      const reader = readers[at]!
      const found = reader.find(cells)
      if (found === 'new') return this.#meet(cells, spot, at)
      if (found === 'known') this.#show(reader, cells, spot)
    }
    return null
  }

  async #meet(cells: readonly string[], spot: Spot, from: number): Promise<void> {
    for (const reader of this.readers.slice(from)) {
      const { number: template } = reader
      await reader.meet(cells, this.#maps).catch((error: unknown) => {
        throw this.#placed(error, { cells, spot, template })
      })
      if (reader.find(cells) === 'known') this.#show(reader, cells, spot)
    }
  }

  #show({ voice, date, place, number }: TemplateReader, cells: readonly string[], spot: Spot) {
    const { layer, effect } = voice
    const known = layer.maps[date.number]
    if (known !== undefined && layer.shown.take(known, place, effect) !== 'otherwise') return
    const row = { cells, spot, template: number }
    try {
      if (known !== undefined) throw twice(date.date.at)
      const map = this.#maps.mapOf(layer, date, this.#sampleOf(row))
      if (layer.shown.take(map, place, effect) === 'otherwise') throw twice(date.date.at)
    } catch (error) {
      throw this.#placed(error, row)
    }
  }

  #placed(error: unknown, { spot, template }: RowOf): unknown {
    if (!isRashomonError(error)) return error
    const { columnsOf } = this.#bound[template - 1]!
    return placedAt(error, { ...spot, columnsOf: (refused) => columnsOf(refused, {}) })
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

  /** Meets what a row says that another reader has taken; what is bad of it was told then. */
  async meetAgain(cells: readonly string[]): Promise<void> {
    for (const reader of this.readers)
      await reader.meet(cells, this.#maps).catch((error: unknown) => {
        if (!isRashomonError(error)) throw error
      })
  }
}

function twice(at: unknown): RashomonError {
  return new RashomonError(
    'invalid-report',
    `claim: an earlier row shows this place otherwise on the map of ${JSON.stringify(at)}; one row for a place on a map would be right`,
    { place: { field: 'claim' } },
  )
}
