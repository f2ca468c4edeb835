/**
 * Two accounts of a place side by side, read from the numbers in a frame: what they clash on, and why.
 * Words are judged once for every two combinations of them; a place is read whole only where words
 * clash of which something else is possible, or that stand by default.
 */
import type { FacetColumn, Frame } from '../fold/frame.js'
import { laterRows, wordsOf, writersOf } from '../fold/later.js'
import type { RegisterProjection } from '../fold/projection.js'
import type { KeyRows } from '../fold/register.js'
import type { Sight } from '../fold/sight.js'
import type { Store } from '../fold/store.js'
import { RuleClashes, SILENT, type Verdict } from '../weigh/clashes.js'
import { clashBetween } from '../weigh/standing.js'
import type { Engine } from './subject.js'
import { type At, accountsOf, tellingsAt } from './tellings.js'
import type { Cause, Dispute } from './types.js'

/** What two accounts differ in under one rule. */
export type Difference = Pick<Dispute, 'open' | 'facets' | 'cause'>

/** Remembers verdicts; good for every reading of a store. */
export class Judge {
  readonly rules: readonly RuleClashes[]

  constructor(store: Store) {
    const { disputes } = store.projection as RegisterProjection
    this.rules = disputes.map((rule) => new RuleClashes(rule, (word) => store.values.word(word)))
  }
}

/** A rule with the columns of its facets, where anything is said of one. */
interface Judged {
  readonly clashes: RuleClashes
  readonly columns: readonly (FacetColumn | undefined)[]
}

export class Pairs {
  readonly #engine: Engine
  readonly #store: Store
  readonly #frame: Frame
  readonly #at: At
  readonly #rules: readonly Judged[]
  readonly #sight: Sight
  /** Of the row that was told last, under one rule: its combinations, with and without defaults. */
  #voiced = SILENT
  #all = SILENT
  /** Something else is possible of it too, or stands by default. */
  #loose = false
  readonly #words: number[] = []

  constructor(
    engine: Engine,
    store: Store,
    { frame, judge, ...at }: At & { readonly frame: Frame; readonly judge: Judge },
  ) {
    this.#engine = engine
    this.#store = store
    this.#frame = frame
    this.#at = at
    this.#rules = judge.rules
      .map((clashes) => ({
        clashes,
        columns: clashes.rule.facets.map((facet) => frame.column[facet]),
      }))
      .filter(({ columns }) => columns.some((column) => column !== undefined))
    this.#sight = engine.ledger.sight(store, at.cut)
  }

  /** Whether anything is settled in a row. */
  speaks(row: number): boolean {
    const { facets, column } = this.#frame
    return facets.some((facet) => column[facet]!.settled[row] !== SILENT)
  }

  /** Whether anything is settled in a row that is not said by default. */
  voices(row: number): boolean {
    const { facets, column } = this.#frame
    return facets.some(
      (facet) => column[facet]!.settled[row] !== SILENT && column[facet]!.byDefault[row] === 0,
    )
  }

  /**
   * What two rows of one place, the first by name of its account first, differ in; those that agree but
   * changed apart are not among them.
   */
  differences(a: number, b: number): readonly Difference[] {
    const found: Difference[] = []
    for (const judged of this.#rules) {
      const { clashes } = judged
      this.#tell(judged, a)
      const [voicedA, allA, looseA] = [this.#voiced, this.#all, this.#loose]
      if (allA === SILENT) continue
      this.#tell(judged, b)
      const voiced = clashes.verdict(voicedA, this.#voiced)
      if (voiced !== null) {
        if (looseA || this.#loose) return this.#readWhole(a, b)
        const cause = this.#causeOf(clashes, voiced, [a, b])
        found.push({ open: false, facets: voiced.facets, cause })
        continue
      }
      const said = clashes.verdict(allA, this.#all)
      if (said !== null) found.push({ open: true, facets: said.facets, cause: 'scope' })
    }
    return found
  }

  #tell({ clashes, columns }: Judged, row: number): void {
    const words = this.#words
    words.length = columns.length
    let [loose, defaults] = [false, false]
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]
      words[i] = column === undefined ? SILENT : column.settled[row]!
      if (column === undefined) continue
      if (column.certain[row] === 0) loose = true
      if (column.byDefault[row] === 1) defaults = true
    }
    this.#all = clashes.combination(words)
    this.#loose = loose || defaults
    this.#voiced = this.#all
    if (!defaults) return
    for (let i = 0; i < columns.length; i++) if (columns[i]?.byDefault[row] === 1) words[i] = SILENT
    this.#voiced = clashes.combination(words)
  }

  #causeOf(
    rule: RuleClashes,
    verdict: Verdict,
    rows: readonly [number, number],
  ): Exclude<Cause, 'scope'> {
    if (verdict.vocabulary) return 'vocabulary'
    const store = this.#store
    const lags = ([0, 1] as const).some((party) => {
      for (const row of laterRows(store, this.#writers(rows[party]), this.#at.valid)) {
        const words = (facets: readonly string[]) => wordsOf(store, row, facets)
        if (rule.agrees(verdict, { party, value: store.columns.value[row]!, words })) return true
      }
      return false
    })
    return lags ? 'lag' : 'contradiction'
  }

  #writers(row: number): Pick<KeyRows, 'rows' | 'sight'> {
    const { ledger, registry } = this.#engine
    const { places, accounts, place, account } = this.#frame
    const key = { place: places[place[row]!]!, account: accounts[account[row]!]! }
    const { cut } = this.#at
    return writersOf(ledger, this.#store, key, { cut, sight: this.#sight, relations: registry })
  }

  /** As any two accounts are judged, with all that is possible of both. */
  #readWhole(a: number, b: number): Difference[] {
    const { places, accounts, place, account } = this.#frame
    const parties = [accounts[account[a]!]!, accounts[account[b]!]!]
    const all = accountsOf(this.#engine, this.#store, places[place[a]!]!, this.#at.cut)
    const rows = all.filter(({ account: { name } }) => parties.includes(name))
    const [x, y] = tellingsAt(this.#engine, this.#store, rows, this.#at)
    return this.#rules.flatMap(({ clashes }) => clashBetween(x!, y!, clashes.rule) ?? [])
  }
}
