/**
 * What a panel remembers from step to step. Most places are at a step as they were at the one
 * before, so the whole map is read in columns, and a place is read anew only where
 *
 *   - something of it is only possible,
 *   - another report carries what is settled, or an account came or went,
 *   - or the registry says something else of sources and actors than it did.
 *
 * All else of a row hangs on these, but for the age of the support, which the columns have. It holds
 * for one cut alone: a reading that follows the steps in what was known or published is not for it.
 */
import { type Frame, type PlaceView, parseInstant, type Timeline, type View } from '../index.js'
import { type Cell, days } from './cells.js'

/** Cells; the second is the step, the third its instant. */
export type Row = readonly Cell[]

export interface When {
  readonly step: string
  /** ISO 8601 in UTC. */
  readonly valid: string
}

export interface MemoryOptions {
  /** Rows of a place as read. */
  readonly make: (place: PlaceView, when: When) => readonly Row[]
  /** Facets with a column for their age, and where it stands in a row of an account. */
  readonly ages: ReadonlyMap<string, number>
}

interface Remembered {
  readonly carriers: string
  readonly rows: readonly Row[]
}

export class PanelMemory {
  readonly #timeline: Timeline
  readonly #options: MemoryOptions
  readonly #places = new Map<string, Remembered>()
  #registry = ''

  constructor(timeline: Timeline, options: MemoryOptions) {
    this.#timeline = timeline
    this.#options = options
  }

  /** Rows of every place of which anything is said, in the order of their ids. */
  *rowsAt(view: View, when: When): Generator<Row, void, undefined> {
    const { known, resolver } = view.reading
    this.#heed(when.valid, known)
    const frame = view.frame()
    const at = { frame, ...when, weighsAges: resolver !== 'dispute' }
    for (let from = 0; from < frame.size; ) {
      let to = from
      while (to < frame.size && frame.place[to] === frame.place[from]) to++
      yield* this.#placeAt(view, at, { from, to })
      from = to
    }
  }

  *#placeAt(view: View, at: At, rows: Rows): Iterable<Row> {
    const id = at.frame.places[at.frame.place[rows.from]!]!
    const carriers = carriersOf(at, rows)
    const known = this.#places.get(id)
    if (carriers !== null && known?.carriers === carriers) {
      for (const [n, row] of known.rows.entries()) yield this.#again(row, at, rows.from + n)
      return
    }
    const made = this.#options.make(view.place(id), at)
    if (carriers === null) this.#places.delete(id)
    else this.#places.set(id, { carriers, rows: made })
    yield* made
  }

  /** A row at another step: those of accounts come first, in the order of the frame. */
  #again(row: Row, { frame, step, valid }: At, n: number): Row {
    const copy = row.slice()
    copy[1] = step
    copy[2] = valid
    if (row[0] !== 'account') return copy
    const t = parseInstant(valid)
    for (const [facet, column] of this.#options.ages)
      if (row[column] !== '') copy[column] = days(t - frame.column[facet]!.supportedAt[n]!)
    return copy
  }

  /** Forgets all where sources or actors are not what they were. */
  #heed(valid: string, known: number): void {
    const registry = this.#timeline.registry({ valid, known })
    const text = JSON.stringify([registry.sources(), registry.actors()])
    if (text !== this.#registry) this.#places.clear()
    this.#registry = text
  }
}

interface At extends When {
  readonly frame: Frame
  /** Whether the resolver may ask how old support is. */
  readonly weighsAges: boolean
}

/** Rows of a frame, the last one excluded. */
interface Rows {
  readonly from: number
  readonly to: number
}

/** What the answer about a place hangs on, as one text; `null` where something is only possible. */
function carriersOf({ frame, weighsAges }: At, { from, to }: Rows): string | null {
  let text = ''
  for (let n = from; n < to; n++) {
    text += `${frame.accounts[frame.account[n]!]}\n`
    for (const facet of frame.facets) {
      const column = frame.column[facet]!
      if (column.certain[n] !== 1) return null
      text += `${column.carrier[n]} ${weighsAges ? column.supportedAt[n] : ''},`
    }
  }
  return `${frame.facets.join()}\n${text}`
}
