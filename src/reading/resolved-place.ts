/**
 * A weighing of one place that reads from the frame of the map what that holds, and notices whether
 * something was read that is not the same wherever the words are.
 */
import { type Frame, frameOf } from '../fold/frame.js'
import type { RegisterProjection } from '../fold/projection.js'
import { REGARD } from '../fold/regard.js'
import type { Store } from '../fold/store.js'
import { accountNamed } from '../report/account.js'
import { Regards } from '../weigh/regards.js'
import type { Coordinates } from './coordinates.js'
import { recordOf } from './record.js'
import { type Engine, weighingAt } from './subject.js'
import { accountsOf, tellingsAt } from './tellings.js'
import type { Possible, Resolution, Voice, Weighing } from './types.js'

/** The rows of a place in a frame, `[from, to)`. */
export interface Span {
  readonly place: string
  readonly from: number
  readonly to: number
}

/** What was found for a combination: the same anywhere, or of this place alone; `null` for nothing. */
export interface Answer {
  readonly type: 'anywhere' | 'here'
  readonly resolution: Resolution | null
}

/** What holds of every place of the map. */
export class WeighedMap {
  readonly engine: Engine
  readonly store: Store
  readonly c: Coordinates
  readonly frame: Frame
  readonly facets: readonly string[]
  readonly regards: Regards
  readonly accounts: readonly Omit<Possible, 'possible'>[]
  /** Accounts told by somebody, whose stances stand in the reports. */
  readonly told: readonly boolean[]
  readonly independent: Weighing['independent']
  readonly copies: Weighing['copies']
  readonly sides: Weighing['sides']
  readonly record: Weighing['record']
  /** Positions of reports that others think something of, or whose origin took them back. */
  readonly #regarded: ReadonlySet<number>

  constructor(engine: Engine, store: Store, c: Coordinates) {
    const { ledger, registry } = engine
    this.engine = engine
    this.store = store
    this.c = c
    this.frame = frameOf(ledger, store, registry, { cut: c.cut, t: c.valid })
    this.facets = (store.projection as RegisterProjection).facets
    this.record = (source) => recordOf(engine, store, source, c)
    const regards = new Regards({
      ledger,
      registry,
      cut: c.cut,
      valid: c.valid,
      record: this.record,
    })
    this.regards = regards
    this.independent = (a, b) => registry.independent(a, b, c.valid, c.cut)
    this.copies = (origin) => regards.copies(origin)
    this.sides = (actor) => regards.sides(actor)
    const named = this.frame.accounts.map(accountNamed)
    this.accounts = named.map(({ name, origin, via, publisher }) => ({
      account: name,
      origin,
      publisher,
      alignment: registry.alignment([...via, origin], c.valid, c.cut),
    }))
    this.told = named.map(({ via }) => via.length > 0)
    this.#regarded = regardedIn(engine)
  }

  /** Whether nobody thinks anything of the reports that carry what is said of a place. */
  isPlain({ from, to }: Span): boolean {
    if (this.#regarded.size === 0) return true
    return this.frame.facets.every((facet) => {
      const { carrier } = this.frame.column[facet]!
      for (let row = from; row < to; row++) if (this.#regarded.has(carrier[row]!)) return false
      return true
    })
  }
}

function regardedIn({ ledger }: Engine): Set<number> {
  const found = new Set(ledger.relaysTakenBack())
  for (const { key } of ledger.store(REGARD)?.slots() ?? []) {
    const position = key.report === undefined ? undefined : ledger.positionOf(key.report)
    if (position !== undefined) found.add(position)
  }
  return found
}

/** A weighing of one place that reads from the frame what that holds, and notices what is read. */
export class PlaceWeighing implements Weighing {
  readonly valid: number
  readonly facets: readonly string[]
  readonly independent: Weighing['independent']
  readonly copies: Weighing['copies']
  readonly sides: Weighing['sides']
  readonly record: Weighing['record']
  readonly map: WeighedMap
  readonly #at: Span
  readonly #isPlain: boolean
  readonly #voices = new Map<string, readonly Voice[]>()
  #whole: Weighing | null = null
  /** Something was read that is not the same wherever the words are. */
  #local = false

  constructor(map: WeighedMap, at: Span, isPlain: boolean) {
    this.map = map
    this.#at = at
    this.#isPlain = isPlain
    this.valid = map.c.valid
    this.facets = map.facets
    this.independent = map.independent
    this.copies = map.copies
    this.sides = map.sides
    this.record = map.record
  }

  answer(facet: string): Answer {
    this.#local = !this.#isPlain
    const resolution = this.#resolve(facet)
    return { type: this.#local ? 'here' : 'anywhere', resolution }
  }

  here(facet: string): Answer {
    return { type: 'here', resolution: this.#resolve(facet) }
  }

  #resolve(facet: string): Resolution | null {
    const { resolver } = this.map.c
    const voices = this.voices(facet)
    if (voices.length === 0 && resolver.unvoiced !== true) return null
    const resolution = resolver.resolve(facet, voices, this)
    return voices.length > 0 || resolution.decided ? resolution : null
  }

  readonly voices = (facet: string): readonly Voice[] => {
    if (!this.#isPlain) return this.whole.voices(facet)
    const known = this.#voices.get(facet)
    if (known !== undefined) return known
    const column = this.map.frame.column[facet]
    const voices: Voice[] = []
    if (column !== undefined)
      for (let row = this.#at.from; row < this.#at.to; row++)
        if (column.settled[row] !== 0 && column.byDefault[row] === 0)
          voices.push(frameVoice(this, facet, row))
    this.#voices.set(facet, voices)
    return voices
  }

  readonly possible = (facet: string): readonly Possible[] => {
    const { frame, accounts } = this.map
    const column = frame.column[facet]
    if (column === undefined) return []
    const { settled, certain, byDefault } = column
    const found: Possible[] = []
    for (let row = this.#at.from; row < this.#at.to; row++) {
      if (certain[row] === 0 || byDefault[row] === 1) return this.whole.possible(facet)
      if (settled[row] === 0) continue
      found.push({ ...accounts[frame.account[row]!]!, possible: [frame.values[settled[row]!]!] })
    }
    return found
  }

  /** The same read from the place alone. */
  get whole(): Weighing {
    this.#local = true
    if (this.#whole === null) {
      const { engine, store, c } = this.map
      const accounts = accountsOf(engine, store, this.#at.place, c.cut)
      this.#whole = weighingAt(engine, store, tellingsAt(engine, store, accounts, c), c)
    }
    return this.#whole
  }

  /** Of one voice as it is read alone. */
  read<F extends keyof Voice>(facet: string, account: string, field: F): Voice[F] {
    return this.whole.voices(facet).find((voice) => voice.account === account)![field]
  }

  noticed<T>(value: T): T {
    this.#local = true
    return value
  }
}

const FIELDS: readonly (keyof Voice)[] = [
  'account',
  'origin',
  'publisher',
  'alignment',
  'value',
  'certainty',
  'possible',
  'basis',
  'supportedAt',
  'published',
  'report',
  'derived',
  'reliability',
  'credibility',
  'disowned',
  'stances',
]

/** A voice whose fields are looked up as they are asked for; an object like any other to whoever does. */
class FrameVoice {
  readonly #weighing: PlaceWeighing
  readonly #facet: string
  readonly #row: number

  constructor(weighing: PlaceWeighing, facet: string, row: number) {
    this.#weighing = weighing
    this.#facet = facet
    this.#row = row
  }

  /** `undefined` of what is no field of a voice. */
  field(name: string | symbol): unknown {
    const weighing = this.#weighing
    const { map } = weighing
    const { frame } = map
    const row = this.#row
    const column = frame.column[this.#facet]!
    switch (name) {
      case 'value':
        return frame.values[column.settled[row]!]
      case 'disowned':
        return false
      case 'account':
      case 'origin':
      case 'publisher':
      case 'alignment':
        return map.accounts[frame.account[row]!]![name]
      case 'certainty':
        return column.certain[row] === 1 ? 'certain' : 'possible'
      case 'supportedAt':
        return weighing.noticed(column.supportedAt[row]!)
      case 'report':
        return weighing.noticed(map.engine.ledger.id(column.carrier[row]!))
      case 'credibility':
        return NONE
      case 'reliability':
        return map.regards.reliability(map.accounts[frame.account[row]!]!.origin)
      case 'possible':
        if (column.certain[row] === 1) return [frame.values[column.settled[row]!]!]
        return this.#alone(name)
      case 'derived':
        return map.store.reaches && this.#alone(name)
      case 'stances':
        return map.told[frame.account[row]!] === true ? this.#alone(name) : NONE
      case 'basis':
      case 'published':
        return this.#alone(name)
      default:
        return undefined
    }
  }

  #alone(name: keyof Voice): unknown {
    const { accounts, frame } = this.#weighing.map
    return this.#weighing.read(this.#facet, accounts[frame.account[this.#row]!]!.account, name)
  }
}

const NONE: readonly never[] = []

const NAMES: ReadonlySet<string | symbol> = new Set(FIELDS)

const isField = (name: string | symbol): name is keyof Voice => NAMES.has(name)

/** Accessors of its own would cost each voice more than all else that is done with it. */
const READING: ProxyHandler<FrameVoice> = {
  get: (voice, name) => voice.field(name),
  has: (_, name) => isField(name),
  ownKeys: () => [...FIELDS],
  getOwnPropertyDescriptor: (voice, name) =>
    isField(name)
      ? { value: voice.field(name), enumerable: true, configurable: true, writable: false }
      : undefined,
  set: () => false,
  defineProperty: () => false,
}

function frameVoice(weighing: PlaceWeighing, facet: string, row: number): Voice {
  return new Proxy(new FrameVoice(weighing, facet, row), READING) as unknown as Voice
}
