/** What a log already holds of the accounts that maps are of: sweeps, states, and the reports behind them. */
import {
  CONTROL_FACETS,
  type Frame,
  type Instant,
  type Logged,
  parseInstant,
  printInstant,
  sweeps,
  type Timeline,
} from '../../index.js'
import { canonical } from '../canonical.js'
import type { Trial } from './trial.js'
import type { Words } from './words.js'

/** A sweep that counts, by its window: half-open, in milliseconds since 1970. */
export interface HeldSweep {
  readonly id: string
  readonly from: number | null
  readonly to: number
}

/** A report of control that counts, in its present form. */
export interface HeldReport {
  readonly id: string
  readonly from: number | null
  readonly to: number | null
  readonly change: boolean
  readonly batch: string | undefined
  readonly effect: number
  /** Its claim without kind, place and the marks of time, as it may be written again. */
  readonly said: Said
}

export type Said = Readonly<Record<string, unknown>>

const FACETS: readonly string[] = CONTROL_FACETS

/** After every instant that a map may be of. */
const END = '9999-12-31T23:59:59.999Z'

export class Held {
  readonly #timeline: Timeline
  readonly #words: Words
  readonly #trial: Trial
  #reports: Map<string, Map<string, HeldReport[]>> | undefined

  constructor({ timeline, words, trial }: { timeline: Timeline; words: Words; trial: Trial }) {
    this.#timeline = timeline
    this.#words = words
    this.#trial = trial
  }

  /** Whether the log has any report of an account's control, counted or not. */
  speaks(account: string): boolean {
    for (const _ of this.#timeline.reports({ account, kind: 'control', limit: 1 })) return true
    return false
  }

  /** The sweeps of an account, ascending, from the last that is over before an instant on. */
  sweepsOf(account: string, before: number): HeldSweep[] {
    const found: HeldSweep[] = []
    for (let valid = END; ; ) {
      const { swept } = this.#timeline.at({ valid }).state(sweeps, { account }).facets
      const [id] = swept?.evidence ?? []
      if (swept?.settled == null || swept.since?.to == null || id === undefined) break
      const { from, to } = { from: at(swept.since.from), to: at(swept.since.to)! }
      found.push({ id, from, to })
      if (to <= before) break
      valid = printed(to - 2)
    }
    return found.reverse()
  }

  /** What an account says at an instant of each place, by the places' index; `SILENCE` of others. */
  statesAt(account: string, instant: number, places: ReadonlyMap<string, number>): Int32Array {
    const states = new Int32Array(places.size)
    const frame = this.#timeline.at({ valid: printed(instant) }).frame()
    const number = frame.accounts.indexOf(account)
    if (number < 0) return states
    const numberOf = this.#stateReader(frame)
    for (let row = 0; row < frame.size; row++) {
      if (frame.account[row] !== number) continue
      const place = places.get(frame.places[frame.place[row]!]!)
      if (place !== undefined) states[place] = numberOf(row)
    }
    return states
  }

  /** The number of the state in a row of a frame; equal rows are looked at once. */
  #stateReader({ facets, column, values }: Frame): (row: number) => number {
    const columns = facets.map((facet) => column[facet]!)
    const indexes = facets.map((facet) => FACETS.indexOf(facet))
    const known = new Map<string, number>()
    return (row) => {
      let key = ''
      for (const { settled, byDefault } of columns)
        key += String.fromCharCode(settled[row]! & 0xffff, settled[row]! >>> 16, byDefault[row]!)
      const state = known.get(key)
      if (state !== undefined) return state
      const words = new Int32Array(FACETS.length)
      for (const [i, { settled, byDefault }] of columns.entries())
        if (settled[row] !== 0)
          words[indexes[i]!] = this.#words.word(values[settled[row]!], byDefault[row] === 1)
      const read = this.#words.state(words)
      known.set(key, read)
      return read
    }
  }

  /**
   * The reports that set an account's control, by place. The log is read through for it, once for all
   * accounts.
   */
  async reportsOf(account: string): Promise<ReadonlyMap<string, readonly HeldReport[]>> {
    this.#reports ??= await this.#readThrough()
    return this.#reports.get(account) ?? new Map()
  }

  /** An entry of the log. */
  entry(id: string): Logged {
    const { position } = this.#timeline.receipt(id)!
    const [entry] = this.#timeline.reports({ after: position - 1, upTo: position })
    return entry!
  }

  async #readThrough(): Promise<Map<string, Map<string, HeldReport[]>>> {
    const forms = this.#correctedForms()
    const known = new Map<string, { readonly effect: number; readonly said: Said }>()
    const byAccount = new Map<string, Map<string, HeldReport[]>>()
    for (const entry of this.#timeline.reports({ kind: 'control' })) {
      if (!entry.counts) continue
      const { id, report, account } = entry
      const said = wordsOf(report.claim)
      const text = canonical(said)
      const tried = known.get(text) ?? { effect: await this.#trial.effectOf(said), said }
      known.set(text, tried)
      const { batch, claim } = report
      const { start = report.start, mode = claim.mode } = forms.get(id) ?? {}
      const { from = null, to = null } = start ?? {}
      const held = { id, from, to, change: mode === 'change', batch, ...tried }
      const place = String(claim.place)
      const places = byAccount.get(account) ?? new Map<string, HeldReport[]>()
      byAccount.set(account, places)
      const others = places.get(place)
      if (others === undefined) places.set(place, [held])
      else others.push(held)
    }
    return byAccount
  }

  /** What the desk made of reports' times afterwards, by the reports' ids; the last that counts. */
  #correctedForms(): Map<string, Form> {
    const forms = new Map<string, Form>()
    for (const { report, counts } of this.#timeline.reports({ kind: 'entry-correction' })) {
      if (!counts) continue
      const { of, fields } = report.claim as unknown as Correction
      const { start, claim } = fields
      const form = {
        ...forms.get(of),
        ...(start === undefined ? {} : { start }),
        ...(claim?.mode === undefined ? {} : { mode: claim.mode }),
      }
      forms.set(of, form)
    }
    return forms
  }
}

type Start = { readonly from: number | null; readonly to: number | null } | null

interface Form {
  readonly start?: Start
  readonly mode?: unknown
}

interface Correction {
  readonly of: string
  readonly fields: { readonly start?: Start; readonly claim?: { readonly mode?: unknown } }
}

const MARKS = ['kind', 'place', 'mode', 'throughout', 'expected']

function wordsOf(claim: Readonly<Record<string, unknown>>): Said {
  return Object.fromEntries(Object.entries(claim).filter(([field]) => !MARKS.includes(field)))
}

function at(text: string | null): number | null {
  return text === null ? null : parseInstant(text)
}

/** ISO 8601 of an instant in milliseconds. */
export function printed(instant: number): string {
  return printInstant(instant as Instant)
}
