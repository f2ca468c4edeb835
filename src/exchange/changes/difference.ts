/**
 * The differences between one account's maps, taken against what the log already holds of it.
 *
 * Maps and sweeps that the log holds are marks on one line, in the order of their latest bounds. From
 * mark to mark the account's states go on; what a map shows otherwise is a *change* since the mark
 * before. A map that comes in between two that the log holds already brings two things more: what the
 * later of them showed is said again after it (*restore*), and changes whose windows reach over it
 * and that it shows had not come yet begin after it (*narrow*). So maps give the same states in
 * whatever order they come.
 */
import type { Held, HeldReport, HeldSweep } from './held.js'
import type { Shown } from './shown.js'
import { SILENCE, UNTOUCHED, type Words } from './words.js'

/** One map of an account. */
export interface AccountMap {
  /** In milliseconds since 1970, half-open. */
  readonly earliest: number | null
  readonly latest: number
  /** Its batch was voided: it does not count and takes nothing more. */
  readonly closed: boolean
  /** What templates show on it. */
  readonly layers: readonly { readonly layer: Layer; readonly map: number }[]
}

/** What one template shows on the maps of one account: the effects of its claims, by their numbers. */
export interface Layer {
  readonly shown: Shown
}

/** A row of a map says otherwise than was said before. */
export interface Change {
  readonly map: AccountMap
  readonly layer: Layer
  readonly place: number
  /** Latest bound of the mark before; `null` where there is none. */
  readonly since: number | null
  /** The log holds another change of the same map, place and facets. */
  readonly otherwise: boolean
}

/** What a later map of the log showed, to be said again. */
export interface Restore {
  readonly sweep: HeldSweep
  /** The map that came before it and showed the place otherwise. */
  readonly map: AccountMap
  readonly place: string
  /** States before and after it, by their numbers. */
  readonly from: number
  readonly to: number
  readonly since: number
}

/**
 * A report whose window begins where a map ends that it reached over; what was a first map's is a
 * change since that map.
 */
export interface Narrow {
  readonly id: string
  readonly map: AccountMap
  readonly from: number
  readonly to: number
}

export interface Differences {
  readonly restores: readonly Restore[]
  readonly narrows: readonly Narrow[]
  /** In the order of the maps. */
  readonly changes: readonly Change[]
  /** Maps whose sweep the log does not hold, in order. */
  readonly sweeps: readonly AccountMap[]
}

interface Mark {
  readonly latest: number
  readonly map?: AccountMap
  readonly sweep?: HeldSweep
}

export interface Ground {
  readonly account: string
  /** In the order of their latest bounds. */
  readonly maps: readonly AccountMap[]
  /** Places by their ids, numbered densely. */
  readonly places: ReadonlyMap<string, number>
  readonly held: Held
  readonly words: Words
}

export async function differencesOf(ground: Ground): Promise<Differences> {
  const walk = new Walk(ground)
  const marks = walk.marks()
  for (const [at, mark] of marks.entries()) await walk.pass(mark, marks[at + 1])
  return walk.found
}

class Walk {
  readonly found = {
    restores: [] as Restore[],
    narrows: [] as Narrow[],
    changes: [] as Change[],
    sweeps: [] as AccountMap[],
  }
  readonly #ground: Ground
  readonly #names: readonly string[]
  /** Whether the log holds anything of the account, were it that maps showed nothing. */
  #speaks: boolean
  readonly #states: Int32Array
  /** Places whose states are no longer the log's. */
  readonly #touched = new Map<number, AccountMap>()
  readonly #wants = new Map<Layer, Int32Array>()
  readonly #beginnings = new Map<Layer, ReturnType<Shown['beginnings']>>()
  readonly #ends = new Set<number>()
  #last = Number.NEGATIVE_INFINITY
  #previous: number | null = null

  constructor(ground: Ground) {
    this.#ground = ground
    this.#names = [...ground.places.keys()]
    this.#speaks = ground.held.speaks(ground.account)
    this.#states = new Int32Array(ground.places.size).fill(SILENCE)
  }

  marks(): Mark[] {
    const { account, maps, held } = this.#ground
    const [first] = maps
    if (first === undefined) return []
    const sweeps = held.sweepsOf(account, first.latest - 1)
    for (const { to } of sweeps) this.#ends.add(to)
    if (sweeps.length > 0) this.#speaks = true
    this.#last = sweeps.at(-1)?.to ?? Number.NEGATIVE_INFINITY
    const marks = new Map<number, Mark>(
      sweeps.map((sweep) => [sweep.to, { latest: sweep.to, sweep }]),
    )
    for (const map of maps)
      marks.set(map.latest, { ...marks.get(map.latest), latest: map.latest, map })
    return [...marks.values()].sort((a, b) => a.latest - b.latest)
  }

  async pass(mark: Mark, next: Mark | undefined): Promise<void> {
    const { latest, map, sweep } = mark
    if (map !== undefined) this.#turnTo(map)
    if (map?.closed === true) return
    const idle = map === undefined && this.#touched.size === 0
    if (!idle) {
      const log = this.#speaks ? await this.#meet(latest) : null
      if (map !== undefined) await this.#show(map, sweep)
      if (sweep !== undefined && log !== null) this.#restore(sweep, log, map)
      if (map !== undefined && sweep === undefined && latest < this.#last && this.#speaks)
        await this.#narrow(map, next?.sweep)
    }
    this.#previous = latest
  }

  /** What each layer shows from this map on. */
  #turnTo({ layers }: AccountMap): void {
    for (const { layer, map } of layers) {
      const wants = this.#wants.get(layer) ?? new Int32Array(this.#states.length)
      this.#wants.set(layer, wants)
      const beginnings = this.#beginnings.get(layer) ?? layer.shown.beginnings()
      this.#beginnings.set(layer, beginnings)
      for (const { place, what } of beginnings.get(map) ?? []) wants[place] = what
    }
  }

  /** Takes over what the log says at a mark, where nothing that is yet to be appended says otherwise. */
  async #meet(latest: number): Promise<Int32Array> {
    const { held, account, places, words } = this.#ground
    const states = this.#states
    const log = held.statesAt(account, latest - 1, places)
    const since = this.#previous ?? Number.NEGATIVE_INFINITY
    const touched = [...this.#touched.keys()].map((place) => [place, states[place]!] as const)
    states.set(log)
    if (touched.length === 0) return log
    const reports = await held.reportsOf(account)
    for (const [place, state] of touched) {
      const wrote = (reports.get(this.#names[place]!) ?? []).filter(
        ({ to }) => to !== null && to > since && to <= latest,
      )
      const merged = words.wordsOf(state).slice()
      const inLog = words.wordsOf(log[place]!)
      for (const { effect } of wrote)
        for (const [facet, word] of words.effectOf(effect).entries())
          if (word !== UNTOUCHED) merged[facet] = inLog[facet]!
      states[place] = words.state(merged)
      if (states[place] === log[place]) this.#touched.delete(place)
    }
    return log
  }

  async #show(map: AccountMap, sweep: HeldSweep | undefined): Promise<void> {
    const { words } = this.#ground
    const states = this.#states
    const since = this.#previous
    const found: Change[] = []
    for (const { layer, map: number } of map.layers) {
      const wants = this.#wants.get(layer)!
      layer.shown.each(number, (place) => {
        const state = words.after(states[place]!, wants[place]!)
        if (state === states[place]) return
        found.push({ map, layer, place, since, otherwise: false })
        states[place] = state
        if (this.#speaks) this.#touched.set(place, map)
      })
    }
    const told =
      sweep === undefined || !this.#speaks || found.length === 0
        ? found
        : await this.#besides(found, map)
    for (const change of told) this.found.changes.push(change)
    if (sweep === undefined || sweep.from !== map.earliest) this.found.sweeps.push(map)
  }

  /** Of changes of a map that the log holds already, those that go against it are marked. */
  async #besides(found: readonly Change[], { latest }: AccountMap): Promise<Change[]> {
    const { held, account, words } = this.#ground
    const reports = await held.reportsOf(account)
    return found.map((change) => {
      const { layer, place } = change
      const sets = words.effectOf(this.#wants.get(layer)![place]!)
      const against = (reports.get(this.#names[place]!) ?? []).some(
        ({ to, effect }) =>
          to === latest &&
          words
            .effectOf(effect)
            .some((word, facet) => word !== UNTOUCHED && sets[facet] !== UNTOUCHED),
      )
      return against ? { ...change, otherwise: true } : change
    })
  }

  /** Says again what a later map showed of places that are changed before it. */
  #restore(sweep: HeldSweep, log: Int32Array, map: AccountMap | undefined): void {
    for (const [place, changed] of [...this.#touched]) {
      if (map?.layers.some(({ layer, map: number }) => layer.shown.shows(number, place))) continue
      const [from, to] = [this.#states[place]!, log[place]!]
      this.#touched.delete(place)
      this.#states[place] = to
      const since = this.#previous!
      this.found.restores.push({ sweep, map: changed, place: this.#names[place]!, from, to, since })
    }
  }

  /** Reports of later maps that reach over this one, or back to it, and are not yet so on it begin after it. */
  async #narrow(map: AccountMap, next: HeldSweep | undefined): Promise<void> {
    const { held, account, words, places } = this.#ground
    const { latest } = map
    const reaches = ({ from, to, change, batch }: HeldReport) => {
      if (batch === undefined || from === null || to === null || !this.#ends.has(to)) return false
      const between = change && from < latest && latest < to
      const first = from === next?.from && to === next.to && (!change || latest < from)
      return between || first
    }
    for (const [name, reports] of await held.reportsOf(account)) {
      const place = places.get(name)
      if (place === undefined) continue
      if (!map.layers.some(({ layer, map: number }) => layer.shown.shows(number, place))) continue
      const state = this.#states[place]!
      for (const report of reports) {
        if (!reaches(report) || words.after(state, report.effect) === state) continue
        this.found.narrows.push({ id: report.id, map, from: latest, to: report.to! })
      }
    }
  }
}
