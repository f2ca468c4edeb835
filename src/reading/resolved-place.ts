/**
 * A weighing of one place that reads from the frame of the map what that holds, and notices whether
 * something was read that is not the same wherever the words are.
 */
import { SEVERAL } from '../fold/cells.js'
import { type FacetGrounds, type Frame, groundedFrameOf } from '../fold/frame.js'
import type { Ledger } from '../fold/ledger.js'
import type { FacetValue, RegisterProjection } from '../fold/projection.js'
import { REGARD } from '../fold/regard.js'
import type { Store } from '../fold/store.js'
import { accountNamed } from '../report/account.js'
import { compareUtf8 } from '../report/utf8.js'
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
  readonly grounds: Readonly<Record<string, FacetGrounds>>
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
    const { frame, grounds } = groundedFrameOf(ledger, store, registry, { cut: c.cut, t: c.valid })
    this.frame = frame
    this.grounds = grounds
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
    const independent = new Map<string, boolean>()
    this.independent = (a, b) => {
      const pair = JSON.stringify([a, b])
      const known = independent.get(pair) ?? registry.independent(a, b, c.valid, c.cut)
      independent.set(pair, known)
      return known
    }
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
    this.#regarded = regardedIn(ledger)
  }

  /**
   * What is possible in a row for one who weighs, as it is read alone; `null` where the frame does not
   * tell.
   */
  possible(facet: string, row: number): readonly (FacetValue | null)[] | null {
    const { values, column } = this.frame
    const { settled, certain, byDefault } = column[facet]!
    const word = settled[row]!
    if (byDefault[row] === 1) return null
    if (certain[row] === 1) return [values[word]!]
    const other = this.grounds[facet]!.other[row]!
    if (other === SEVERAL) return null
    if (word === other) return [values[word]!]
    if (word === 0 || other === 0) return [null, values[word === 0 ? other : word]!]
    const { values: words } = this.store
    const isFirst = compareUtf8(words.text(word), words.text(other)) < 0
    return isFirst ? [values[word]!, values[other]!] : [values[other]!, values[word]!]
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

/** Found of each ledger as it stood last, whatever is read of it. */
const regarded = new WeakMap<
  Ledger,
  { readonly head: number; readonly slots: number; readonly found: ReadonlySet<number> }
>()

function regardedIn(ledger: Ledger): ReadonlySet<number> {
  const { head } = ledger
  const slots = ledger.store(REGARD)?.slots() ?? []
  const known = regarded.get(ledger)
  if (known?.head === head && known.slots === slots.length) return known.found
  const found = new Set(ledger.relaysTakenBack())
  for (const { key } of slots) {
    const position = key.report === undefined ? undefined : ledger.positionOf(key.report)
    if (position !== undefined) found.add(position)
  }
  regarded.set(ledger, { head, slots: slots.length, found })
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
  /** Facets of which anything was asked for the answer that was given last. */
  readonly asked = new Set<string>()
  /** Those of which it was asked what is possible. */
  readonly ranged = new Set<string>()

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
    this.asked.clear()
    this.ranged.clear()
    const resolution = this.#resolve(facet)
    return { type: this.#local ? 'here' : 'anywhere', resolution }
  }

  #resolve(facet: string): Resolution | null {
    const { resolver } = this.map.c
    const voices = this.voices(facet)
    if (voices.length === 0 && resolver.unvoiced !== true) return null
    const resolution = resolver.resolve(facet, voices, this)
    return voices.length > 0 || resolution.decided ? resolution : null
  }

  readonly voices = (facet: string): readonly Voice[] => {
    this.ask(facet, 'voices')
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
    this.ask(facet, 'possible')
    if (!this.#isPlain) return this.whole.possible(facet)
    const { frame, accounts } = this.map
    const column = frame.column[facet]
    if (column === undefined) return []
    const { settled, certain } = column
    const found: Possible[] = []
    for (let row = this.#at.from; row < this.#at.to; row++) {
      if (settled[row] === 0 && certain[row] === 1) continue
      const possible = this.map.possible(facet, row)
      if (possible === null) return this.whole.possible(facet)
      if (possible.length === 1 && possible[0] === null) continue
      found.push({ ...accounts[frame.account[row]!]!, possible })
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

  ask(facet: string, what: 'voices' | 'possible'): void {
    this.asked.add(facet)
    if (what === 'possible') this.ranged.add(facet)
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
        weighing.ask(this.#facet, 'possible')
        return map.possible(this.#facet, row) ?? this.#alone(name)
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
