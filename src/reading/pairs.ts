/**
 * Two accounts of a place side by side, read from the numbers in a frame: what they clash on, and why.
 * Words are judged once for every two combinations of them; a place is read whole only where words
 * clash of which something else is possible, or that stand by default.
 */
import { SEVERAL } from '../fold/cells.js'
import { type FacetColumn, type FacetGrounds, type Frame, groundedFrameOf } from '../fold/frame.js'
import { laterRows, wordsOf, writersOf } from '../fold/later.js'
import { isDenial } from '../fold/meanings.js'
import type { RegisterProjection } from '../fold/projection.js'
import { type KeyRows, readFacets, rowsOf } from '../fold/register.js'
import type { Sight } from '../fold/sight.js'
import type { Slot } from '../fold/slot.js'
import type { Store } from '../fold/store.js'
import { ONLY_SILENT, RuleClashes, SILENT, type Verdict } from '../weigh/clashes.js'
import { isStrict, sharedBy, type Telling } from '../weigh/standing.js'
import type { Engine } from './subject.js'
import { type At, accountsOf } from './tellings.js'
import type { Cause, Dispute } from './types.js'

/** What two accounts differ in under one rule. */
export interface Difference extends Pick<Dispute, 'open' | 'facets' | 'cause'> {
  readonly kind: 'who' | 'extent' | 'when'
}

/** What was judged of each store so far; good for every reading of it. */
const judged = new WeakMap<Store, readonly RuleClashes[]>()

function clashesOf(store: Store): readonly RuleClashes[] {
  const known = judged.get(store)
  if (known !== undefined) return known
  const { disputes } = store.projection as RegisterProjection
  const clashes = disputes.map((rule) => new RuleClashes(rule, (word) => store.values.word(word)))
  judged.set(store, clashes)
  return clashes
}

/** A rule with the columns of its facets, where anything is said of one. */
interface Judged {
  readonly clashes: RuleClashes
  readonly columns: readonly (FacetColumn | undefined)[]
  readonly grounds: readonly (FacetGrounds | undefined)[]
  /** Of the facet on which agreeing accounts may have changed apart. */
  readonly when: {
    readonly facet: number
    readonly column: FacetColumn
    readonly grounds: FacetGrounds
  } | null
}

/** Who an account is, as far as disputes tell. */
type Party = Pick<Telling, 'account' | 'alignment'>

export class Pairs {
  readonly #engine: Engine
  readonly #store: Store
  readonly frame: Frame
  readonly #at: At
  readonly #rules: readonly Judged[]
  readonly #sight: Sight
  /** Of the row that was told last, under one rule: its combinations, with and without defaults. */
  #voiced = SILENT
  #all = SILENT
  /** Something else is possible of it too, or stands by default. */
  #loose = false
  readonly #words: number[] = []
  readonly #parties: Party[] = []
  readonly #writing = new Map<number, Pick<KeyRows, 'rows' | 'sight'>>()
  readonly #wholes = new Map<number, Pick<Telling, 'facets'>>()

  constructor(engine: Engine, store: Store, at: At) {
    const { frame, grounds } = groundedFrameOf(engine.ledger, store, engine.registry, {
      cut: at.cut,
      t: at.valid,
    })
    this.#engine = engine
    this.#store = store
    this.frame = frame
    this.#at = at
    this.#rules = clashesOf(store)
      .map((clashes) => judgedBy(clashes, { frame, grounds, facets: store.values.facets }))
      .filter(({ columns, when }) => when !== null || columns.some((one) => one !== undefined))
    this.#sight = engine.ledger.sight(store, at.cut)
  }

  /** Whether anything is settled in a row. */
  speaks(row: number): boolean {
    const { facets, column } = this.frame
    for (const facet of facets) if (column[facet]!.settled[row] !== SILENT) return true
    return false
  }

  /** Whether anything is settled in a row that is not said by default. */
  voices(row: number): boolean {
    const { facets, column } = this.frame
    return facets.some(
      (facet) => column[facet]!.settled[row] !== SILENT && column[facet]!.byDefault[row] === 0,
    )
  }

  /**
   * Disputes of two rows of one place, the first by name of its account first, in the order of the rules:
   * as a view of the place lists them.
   */
  disputes(a: number, b: number): readonly Dispute[] {
    const found: Dispute[] = []
    for (const rule of this.#rules) {
      const clash = this.#clash(rule, a, b)
      if (clash !== null) found.push(this.#disputeOf(clash, a, b))
      if ((clash === null || clash.cause === 'scope') && this.#changedApart(rule, a, b))
        found.push(
          this.#disputeOf(
            {
              kind: 'when',
              open: false,
              facets: [rule.clashes.rule.when!],
              cause: 'contradiction',
            },
            a,
            b,
          ),
        )
    }
    return found
  }

  /** What the two differ in; those that agree but changed apart are not among them. */
  differences(a: number, b: number): readonly Difference[] {
    const found: Difference[] = []
    for (const rule of this.#rules) {
      const clash = this.#clash(rule, a, b)
      if (clash !== null) found.push(clash)
    }
    return found
  }

  #clash(rule: Judged, a: number, b: number): Difference | null {
    const { clashes } = rule
    this.#tell(rule, a)
    const [voicedA, allA, looseA] = [this.#voiced, this.#all, this.#loose]
    if (allA === SILENT) return null
    this.#tell(rule, b)
    const looseB = this.#loose
    const allB = this.#all
    const voiced = clashes.verdict(voicedA, this.#voiced)
    if (voiced !== null) {
      const { kind, facets } = voiced
      const open = looseA || looseB ? !this.#isStrict(rule, a, b) : false
      return { kind, open, facets, cause: this.#causeOf(clashes, voiced, [a, b]) }
    }
    const said = clashes.verdict(allA, allB)
    return said === null
      ? null
      : { kind: said.kind, open: true, facets: said.facets, cause: 'scope' }
  }

  /** Whether nothing that is possible of the one fits anything that is of the other. */
  #isStrict(rule: Judged, a: number, b: number): boolean {
    const [x, y] = [this.#range(rule, a), this.#range(rule, b)]
    if (x !== null && y !== null) return rule.clashes.areApart(x, y)
    const [one, other] = [this.#whole(a), this.#whole(b)]
    return isStrict(one, other, rule.clashes.rule)
  }

  /** All that is possible in a row, as a range of combinations; `null` where the frame does not tell. */
  #range({ clashes, columns, grounds }: Judged, row: number): number | null {
    let range = ONLY_SILENT
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]
      if (column === undefined) continue
      if (column.byDefault[row] === 1) return null
      const word = column.settled[row]!
      const other = column.certain[row] === 1 ? word : grounds[i]!.other[row]!
      if (other === SEVERAL) return null
      range = clashes.withEither(range, i, word, other)
    }
    return range
  }

  #changedApart({ when }: Judged, a: number, b: number): boolean {
    if (when === null) return false
    const { column, grounds } = when
    if (column.byDefault[a] === 1 || column.byDefault[b] === 1) return false
    const [x, y] = [grounds.row[a]!, grounds.row[b]!]
    if (x === -1 || y === -1) return false
    const { earliest, latest } = this.#store.columns
    if (earliest[x]! < latest[y]! && earliest[y]! < latest[x]!) return false
    return isChange(this.#store, x, when.facet) && isChange(this.#store, y, when.facet)
  }

  #disputeOf({ kind, open, facets, cause }: Difference, a: number, b: number): Dispute {
    const [x, y] = [this.#party(a), this.#party(b)]
    const shared = sharedBy(x, y)
    return {
      kind: shared.includes('origin') ? 'relay' : kind,
      open,
      facets,
      parties: [x.account.name, y.account.name],
      cause,
      shared,
    }
  }

  /** Found of the first place where an account speaks, and the same at all others. */
  #party(row: number): Party {
    const { places, accounts, place, account } = this.frame
    const known = this.#parties[account[row]!]
    if (known !== undefined) return known
    const { valid, cut } = this.#at
    const name = accounts[account[row]!]!
    const [found] = accountsOf(this.#engine, this.#store, places[place[row]!]!, cut, [name])
    const alignment = this.#engine.registry.alignment(found!.chain, valid, cut)
    const party = { account: found!.account, alignment }
    this.#parties[account[row]!] = party
    return party
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

  #causeOf(rule: RuleClashes, verdict: Verdict, rows: readonly [number, number]): Cause {
    if (verdict.vocabulary) return 'vocabulary'
    const store = this.#store
    const says = (party: 0 | 1) => {
      for (const row of laterRows(store, this.#writers(rows[party]), this.#at.valid)) {
        const words = (facets: readonly string[]) => wordsOf(store, row, facets)
        if (rule.agrees(verdict, { party, value: store.columns.value[row]!, words })) return true
      }
      return false
    }
    return says(0) || says(1) ? 'lag' : 'contradiction'
  }

  /** Looked up once for a row, for whom it clashes with however many. */
  #writers(row: number): Pick<KeyRows, 'rows' | 'sight'> {
    const known = this.#writing.get(row)
    if (known !== undefined) return known
    const { ledger, registry } = this.#engine
    const { places, accounts, place, account } = this.frame
    const key = { place: places[place[row]!]!, account: accounts[account[row]!]! }
    const { cut } = this.#at
    const sight = this.#sight
    const slot = this.#slotOf(row)
    const found =
      slot === null
        ? writersOf(ledger, this.#store, key, { cut, sight, relations: registry })
        : { rows: this.#store.rows(slot, 'own'), sight }
    this.#writing.set(row, found)
    return found
  }

  /** The slot of a row's key, found by a row of it that was folded; `null` where that does not tell. */
  #slotOf(row: number): Slot | null {
    const store = this.#store
    if (store.reaches) return null
    const { layout } = store
    if (layout === null) return null
    for (const { grounds } of this.#rules)
      for (const ground of grounds) {
        const carrier = ground?.row[row] ?? -1
        if (carrier !== -1) return layout.holding(carrier)
      }
    return null
  }

  /** What a row says with all that is possible, read as any account is; once, however many it clashes with. */
  #whole(row: number): Pick<Telling, 'facets'> {
    const known = this.#wholes.get(row)
    if (known !== undefined) return known
    const { ledger, registry } = this.#engine
    const { places, accounts, place, account } = this.frame
    const key = { place: places[place[row]!]!, account: accounts[account[row]!]! }
    const { cut, valid } = this.#at
    const store = this.#store
    const keyRows = rowsOf(ledger, store, key, cut, registry)
    const found = { facets: readFacets(ledger, store, keyRows, store.values.facets, valid) }
    this.#wholes.set(row, found)
    return found
  }
}

function judgedBy(
  clashes: RuleClashes,
  {
    frame: { column },
    grounds,
    facets: all,
  }: {
    readonly frame: Frame
    readonly grounds: Readonly<Record<string, FacetGrounds>>
    readonly facets: readonly string[]
  },
): Judged {
  const { facets, when } = clashes.rule
  return {
    clashes,
    columns: facets.map((facet) => column[facet]),
    grounds: facets.map((facet) => grounds[facet]),
    when:
      when === undefined || column[when] === undefined
        ? null
        : { facet: all.indexOf(when), column: column[when], grounds: grounds[when]! },
  }
}

/** Whether a row tells of something that came about. */
function isChange(store: Store, row: number, facet: number): boolean {
  return store.values.beside(store.columns.value[row]!).change && !isDenial(store.word(row, facet))
}
