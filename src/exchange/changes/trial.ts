/**
 * A timeline apart, in memory, in which claims and times are tried: what a claim sets and ends, and
 * between which bounds a time lies, is the engine's to say and not worked out here again.
 */
import { CONTROL_FACETS, type Logged, openTimeline, type Timeline } from '../../index.js'
import { canonical } from '../canonical.js'
import { type Effect, UNSAID, UNTOUCHED, type Words } from './words.js'

type Claim = Readonly<Record<string, unknown>>

/** Half-open, in milliseconds since 1970; `null` is an open side. */
export interface Bounds {
  readonly from: number | null
  readonly to: number | null
}

const SOURCE = 'trial'
/** Said of every facet before a claim is tried, to see which it leaves alone. */
const BEFORE = 'trial-before'
const FIRST = '2000-01-01T00:00Z'
const THEN = '2001-01-01T00:00Z'
const AFTER = '2002-01-01T00:00Z'

export class Trial {
  readonly #timeline: Timeline
  readonly #words: Words
  #count = 0

  private constructor(timeline: Timeline, words: Words) {
    this.#timeline = timeline
    this.#words = words
  }

  static async open(words: Words): Promise<Trial> {
    return new Trial(await openTimeline({ log: ':memory:' }), words)
  }

  /**
   * What a claim of control does to what its account says of the place; `place` is not looked at.
   *
   * @throws `invalid-report` for a claim that the door refuses.
   */
  async effectOf(claim: Claim): Promise<number> {
    const place = `trial-${this.#count++}`
    const before = Object.fromEntries(CONTROL_FACETS.map((facet) => [facet, [BEFORE]]))
    const report = (said: Claim, when: string) => ({
      claim: { ...said, kind: 'control', place },
      when,
      attribution: SOURCE,
      published: when,
    })
    await this.#timeline.record([report(before, FIRST), report(claim, THEN)], { register: true })
    const { accounts } = this.#timeline.at({ valid: AFTER }).place(place)
    const { control = {}, basis = {} } = accounts[0] ?? {}
    const effect: Effect = Int32Array.from(CONTROL_FACETS, (facet) => {
      const value = control[facet]
      if (value === undefined) return UNSAID
      return isBefore(value) ? UNTOUCHED : this.#words.word(value, basis[facet] === 'default')
    })
    return this.#words.effect(effect)
  }

  /**
   * The bounds of a time as a report gives it.
   *
   * @throws `invalid-time` for one that is none.
   */
  async boundsOf(when: unknown, zone: unknown): Promise<Bounds> {
    const { report } = await this.#sweep({ when, ...(zone === undefined ? {} : { zone }) }, SOURCE)
    return { from: report.start?.from ?? null, to: report.start?.to ?? null }
  }

  /**
   * The name of the account that an attribution tells.
   *
   * @throws `invalid-report` for one that is none.
   */
  async accountOf(attribution: unknown): Promise<string> {
    const { account } = await this.#sweep({ when: FIRST }, attribution)
    return account
  }

  async #sweep(said: object, attribution: unknown): Promise<Logged> {
    const sweep = { claim: { kind: 'sweep' }, ...said, attribution }
    const { receipts } = await this.#timeline.record([sweep], { register: true })
    const { position } = receipts[0]!
    const [entry] = this.#timeline.reports({ after: position - 1, upTo: position })
    return entry!
  }

  close(): Promise<void> {
    return this.#timeline.close()
  }
}

const BEFORE_TEXTS = [canonical([BEFORE]), canonical({ actors: [BEFORE] })]

function isBefore(value: unknown): boolean {
  return BEFORE_TEXTS.includes(canonical(value))
}
