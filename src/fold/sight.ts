/**
 * What a cut sees of a store's rows: asked row by row, without a copy. Good until rows are laid
 * out anew or added to.
 */
import { BY_DESK, type Columns, RETHOUGHT } from './columns.js'
import { type Among, type Cut, restricts } from './cut.js'

export class Sight {
  readonly #columns: Columns
  readonly #cut: Cut
  readonly #restricted: boolean
  readonly #reshown: ReadonlySet<number>
  readonly #passesChain: (chain: number) => boolean

  /** `reshown` are rows that the cut itself brought back of reports that sources thought twice about. */
  constructor(
    columns: Columns,
    cut: Cut,
    reshown: ReadonlySet<number>,
    passesChain: (chain: number) => boolean,
  ) {
    this.#columns = columns
    this.#cut = cut
    this.#restricted = restricts(cut)
    this.#reshown = reshown
    this.#passesChain = passesChain
  }

  /** The position, where that alone decides what is seen; else -1. */
  get known(): number {
    return this.#restricted ? -1 : this.#cut.known
  }

  sees(row: number): boolean {
    const c = this.#columns
    const { known } = this.#cut
    if (!this.#restricted) return c.shown[row]! <= known && known < c.hidden[row]!
    const flags = c.flags[row]!
    if ((flags & RETHOUGHT) !== 0) {
      if (!this.#reshown.has(row)) return false
    } else if (c.shown[row]! > known || known >= c.hidden[row]!) return false
    if ((flags & BY_DESK) !== 0) return true
    return c.published[row]! <= this.#cut.published && this.#passesChain(c.chain[row]!)
  }
}

/** The same of a cut that sees only some of the reports by sources. */
export class SightAmong extends Sight {
  readonly #rows: Columns
  readonly #reports: ReadonlySet<number>

  constructor(
    columns: Columns,
    { reports, of }: Among,
    reshown: ReadonlySet<number>,
    passesChain: (chain: number) => boolean,
  ) {
    super(columns, of, reshown, passesChain)
    this.#rows = columns
    this.#reports = reports
  }

  override get known(): number {
    return -1
  }

  override sees(row: number): boolean {
    const c = this.#rows
    const counts = this.#reports.has(c.report[row]!) || (c.flags[row]! & BY_DESK) !== 0
    return counts && super.sees(row)
  }
}
