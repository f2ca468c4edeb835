/** The maps that files show: of each account, by their dates, what each template shows on them. */
import { RashomonError } from '../../errors.js'
import type { AccountMap, Layer } from './difference.js'
import type { Said } from './held.js'
import { Shown } from './shown.js'
import type { Bounds, Trial } from './trial.js'

/** A row of a file, for what is told of it. */
export interface Spot {
  readonly file: string
  readonly row: number
}

/** When a map is of, and the row that said so first. */
export interface MapDate {
  readonly at: unknown
  readonly zone: unknown
  readonly bounds: Bounds
}

/** A date by its number. */
export interface Dated {
  readonly number: number
  readonly date: MapDate
}

/** One map of an account as files show it; `sample` is its first row. */
export interface ReadMap {
  readonly account: string
  readonly date: MapDate
  readonly layers: { readonly layer: ReadLayer; readonly map: number }[]
  readonly sample: Sample
}

export interface Sample extends Spot {
  /** From 1. */
  readonly template: number
  readonly cells: readonly string[]
  /** What the row says, as a report without its date. */
  readonly report: Readonly<Record<string, unknown>>
}

export interface ReadLayer extends Layer {
  readonly number: number
  readonly account: string
  readonly shown: Shown
  /** What it shows, by effect: the first claim that was said with it. */
  readonly said: Map<number, Said>
  /** Number of the map by number of the date. */
  readonly maps: number[]
}

export class Maps {
  readonly places = new Map<string, number>()
  readonly layers: ReadLayer[] = []
  readonly #trial: Trial
  readonly #byAccount = new Map<string, Map<number, ReadMap>>()
  readonly #dates = new Map<string, Dated>()
  readonly #effects = new Map<string, number>()
  readonly #accountNames = new Map<string, string>()

  constructor(trial: Trial) {
    this.#trial = trial
  }

  /** Maps of each account in the order of their latest bounds; accounts as they came. */
  accounts(): Map<string, ReadMap[]> {
    return new Map(
      [...this.#byAccount].map(([account, maps]) => [
        account,
        [...maps.values()].sort((a, b) => a.date.bounds.to! - b.date.bounds.to!),
      ]),
    )
  }

  /** What an account was said to show, by effect, each in the first words for it. */
  saidBy(account: string): Map<number, Said> {
    const own = this.layers.filter((layer) => layer.account === account)
    return new Map(own.flatMap(({ said }) => [...said]).reverse())
  }

  /** The number of a date, told by its text and zone. */
  async dateOf(at: unknown, zone: unknown): Promise<Dated> {
    const text = JSON.stringify([at, zone])
    const known = this.#dates.get(text)
    if (known !== undefined) return known
    const bounds = await this.#trial.boundsOf(at, zone)
    if (bounds.to === null)
      throw new RashomonError(
        'invalid-mapping',
        `map.at: ${JSON.stringify(at)} is open; the day, or the instant, that a map is of would be right`,
        { place: { field: 'map.at' } },
      )
    const made = { number: this.#dates.size, date: { at, zone, bounds } }
    this.#dates.set(text, made)
    return made
  }

  async layerOf(template: number, attribution: unknown): Promise<ReadLayer> {
    const text = JSON.stringify(attribution) ?? ''
    const account = this.#accountNames.get(text) ?? (await this.#trial.accountOf(attribution))
    this.#accountNames.set(text, account)
    const known = this.layers.find((one) => one.number === template && one.account === account)
    if (known !== undefined) return known
    const layer = { number: template, account, shown: new Shown(), said: new Map(), maps: [] }
    this.layers.push(layer)
    return layer
  }

  async effectOf(layer: ReadLayer, said: Said): Promise<number> {
    const text = JSON.stringify(said)
    const effect = this.#effects.get(text) ?? (await this.#trial.effectOf(said))
    this.#effects.set(text, effect)
    if (!layer.said.has(effect)) layer.said.set(effect, said)
    return effect
  }

  /** The map of a layer and a date, entered when it is met first. */
  mapOf(layer: ReadLayer, { number, date }: Dated, sample: Sample): number {
    const known = layer.maps[number]
    if (known !== undefined) return known
    const latest = date.bounds.to!
    const maps = this.#byAccount.get(layer.account) ?? new Map<number, ReadMap>()
    this.#byAccount.set(layer.account, maps)
    const other = maps.get(latest)
    if (other !== undefined && other.date.bounds.from !== date.bounds.from)
      throw new RashomonError(
        'invalid-report',
        `map.at: ${JSON.stringify(date.at)} and ${JSON.stringify(other.date.at)} (row ${other.sample.row}) end together; maps of one account that end apart would be right`,
        { place: { field: 'map.at' } },
      )
    const own = other?.layers.find((one) => one.layer === layer)
    const map = own?.map ?? layer.shown.addMap(latest)
    if (other === undefined)
      maps.set(latest, { account: layer.account, date, layers: [{ layer, map }], sample })
    else if (own === undefined) other.layers.push({ layer, map })
    layer.maps[number] = map
    return map
  }
}

/** A map as it is compared. */
export function comparedMap({ date, layers }: ReadMap, closed: boolean): AccountMap {
  return { earliest: date.bounds.from, latest: date.bounds.to!, closed, layers }
}
