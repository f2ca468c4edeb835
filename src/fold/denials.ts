/**
 * What is settled and possible of one facet under one key where some row denies (RULINGS 12). A
 * denial works on what stands, so the last writer does not decide alone: what counts is the last
 * row that *says* (sets a value, or that nothing is said), the denials after it, their order, and
 * where among them its end falls.
 *
 *   settled    the fold of what has certainly begun, in canonical order, ends among starts
 *   possible   for each row that can be the last to say, and each instant that makes a difference
 *              of its pick, all that the denials after it can come to: `walk`
 *
 * A walk goes through the cells of the line between the pick and t, cut at every bound, and keeps
 * the states that can be reached. Within a cell the denials whose windows it lies in may come in
 * any order; a denial that fits nowhere else must have come when its window closes, with effect or,
 * if it found a state that it leaves as it is, without. The model in src/testing is the measure.
 */
import { type Columns, OBSERVATION } from './columns.js'
import { deniedWord, isDenial, type Meanings } from './meanings.js'
import { NO_WORD } from './values.js'
import { type Swept, sweptBetween } from './worlds.js'

/** The rows near an instant that set the facet, in canonical order, with what they set it to. */
export interface Written {
  readonly columns: Columns
  readonly rows: readonly number[]
  /** Of each row its number in the table of its value. */
  readonly codes: readonly number[]
  readonly meanings: Pick<Meanings, 'left' | 'joined'>
}

/** What stands, and whose word it is: an index into the rows, -1 where nothing has begun. */
export interface Standing {
  readonly word: number
  readonly denial: boolean
  readonly row: number
  /** The claim of the row has ended. */
  readonly lapsed: boolean
}

export interface Settled extends Standing {
  /** Rows that made it what it is, its own among them. */
  readonly by: readonly number[]
}

const NOTHING: Standing = { word: NO_WORD, denial: false, row: -1, lapsed: false }

/** What stands after a row, by itself. */
function after(written: Written, standing: Standing, row: number): Standing {
  const { codes, meanings } = written
  const code = codes[row]!
  if (!isDenial(code)) return { word: code, denial: false, row, lapsed: false }
  const denial = deniedWord(code)
  const { word } = standing
  if (word === NO_WORD) return { word: denial, denial: true, row, lapsed: false }
  if (standing.denial) {
    const joined = meanings.joined(word, denial)
    return joined === word ? standing : { ...standing, word: joined, row }
  }
  const left = meanings.left(word, denial)
  if (left === word) return standing
  return left === NO_WORD
    ? { word: denial, denial: true, row, lapsed: false }
    : { ...standing, word: left }
}

function lapse(standing: Standing): Standing {
  return { ...standing, word: NO_WORD, lapsed: true }
}

function endsIn({ columns, rows }: Written, { denial, row, lapsed }: Standing): boolean {
  return (
    !denial && !lapsed && row !== -1 && columns.endFrom[rows[row]!] !== Number.POSITIVE_INFINITY
  )
}

/** The world in which every uncertain instant falls at its latest. */
export function settledOf(written: Written, t: number): Settled {
  const { columns, rows } = written
  let standing = NOTHING
  let by: number[] = []
  const lapseBy = (at: number) => {
    if (endsIn(written, standing) && columns.endTo[rows[standing.row]!]! - 1 <= at)
      standing = lapse(standing)
  }
  for (let i = 0; i < rows.length; i++) {
    const last = columns.latest[rows[i]!]! - 1
    if (last > t) continue
    lapseBy(last)
    const next = after(written, standing, i)
    if (next === standing) continue
    by = next.row !== i || (next.denial && standing.denial) ? [...by, i] : [i]
    standing = next
  }
  lapseBy(t)
  return { ...standing, by: standing.lapsed ? [standing.row] : by }
}

/** Everything that can stand at t, each with whose word it is. */
export function standings(written: Written, sweeps: readonly Swept[], t: number): Standing[] {
  const found = new Map<string, Standing>()
  for (const standing of reached(written, t, t)) found.set(stateText(standing), standing)
  for (let i = 0; i < written.rows.length; i++)
    if (reachesBack(written, sweeps, i, t)) {
      const standing = { word: written.codes[i]!, denial: false, row: i, lapsed: false }
      found.set(stateText(standing), standing)
    }
  return [...found.values()]
}

/**
 * What can stand at t by what has begun; a row whose window ends by `forced`, t or later, has begun
 * by t, `without` (if any) has not.
 */
function* reached(written: Written, t: number, forced: number, without = -1): Iterable<Standing> {
  const { columns: c, rows, codes } = written
  const begun = (i: number) => i !== without && c.earliest[rows[i]!]! <= t
  const mustBegin = (i: number) => i !== without && c.latest[rows[i]!]! - 1 <= forced
  let floor = Number.NEGATIVE_INFINITY
  let said = false
  const denials: Denial[] = []
  for (let i = 0; i < rows.length; i++) {
    if (!begun(i)) continue
    const from = c.earliest[rows[i]!]!
    const last = Math.min(c.latest[rows[i]!]! - 1, t)
    if (isDenial(codes[i]!)) denials.push({ row: i, from, last, must: mustBegin(i) })
    else if (mustBegin(i)) {
      said = true
      floor = Math.max(floor, from)
    }
  }
  if (!said) yield* walk(written, NOTHING, { denials, pick: null, t })
  for (let i = 0; i < rows.length; i++) {
    if (isDenial(codes[i]!) || !begun(i)) continue
    const from = Math.max(c.earliest[rows[i]!]!, floor)
    const to = Math.min(c.latest[rows[i]!]! - 1, t)
    if (from > to) continue
    const standing = after(written, NOTHING, i)
    for (const pick of picksThatDiffer(denials, from, to))
      yield* walk(written, standing, { denials, pick, t })
  }
}

interface Denial {
  readonly row: number
  readonly from: number
  /** Last instant of its window up to t. */
  readonly last: number
  /** It has begun by t in every world. */
  readonly must: boolean
}

/**
 * The picks from which something can come that does not come from an earlier one: the first, and
 * each from which one more denial can lie before it. A later pick leaves what follows less room.
 */
function picksThatDiffer(denials: readonly Denial[], first: number, last: number): Set<number> {
  const starts = denials.map(({ from }) => from)
  return new Set([first, ...starts.filter((at) => at > first && at <= last)])
}

/** A state of a walk: what stands, which denials took an alternative from it, which may have come. */
interface Step {
  readonly standing: Standing
  readonly took: readonly number[]
  /** A bit for each denial that must come. */
  readonly come: bigint
}

interface Way {
  readonly denials: readonly Denial[]
  /** Where the row that stands at first was picked; `null` where none was. */
  readonly pick: number | null
  readonly t: number
}

/** What can stand at t where denials come after a pick. */
function* walk(written: Written, first: Standing, way: Way): Iterable<Standing> {
  const { columns: c, rows } = written
  const { pick, t } = way
  const from = pick ?? Number.NEGATIVE_INFINITY
  const open = way.denials.filter(({ last }) => last >= from)
  const must = open.filter((denial) => denial.must && (pick === null || denial.from > pick))
  const row = first.row === -1 ? -1 : rows[first.row]!
  const endFrom = row === -1 ? Number.POSITIVE_INFINITY : Math.max(c.endFrom[row]!, from + 1)
  const endLast = row === -1 ? Number.POSITIVE_INFINITY : c.endTo[row]! - 1
  const cuts = [
    endFrom,
    endLast + 1,
    ...open.flatMap((denial) => [denial.from, denial.last + 1]),
  ].filter((at) => at > from && at <= t)
  const starts = [from, ...new Set(cuts.sort((a, b) => a - b))]
  let steps: readonly Step[] = [{ standing: first, took: [], come: 0n }]
  for (const [i, start] of starts.entries()) {
    const end = starts[i + 1] ?? t + 1
    const denials = open.filter((denial) => denial.from <= start && start <= denial.last)
    const mayEnd = endFrom <= start && start <= endLast
    const cell = { denials, must, mayEnd, mustEnd: mayEnd && endLast < end, long: end - start > 1 }
    const due = bitsOf(
      must.filter(({ last }) => start <= last && last < end),
      must,
    )
    steps = across(written, steps, cell).filter(({ come }) => (come & due) === due)
  }
  for (const { standing } of steps) yield standing
}

/** A stretch of the line with no bound inside. */
interface Cell {
  /** Those whose windows it lies in. */
  readonly denials: readonly Denial[]
  readonly must: readonly Denial[]
  /** The claim that stood first may end in it; it ends no later. */
  readonly mayEnd: boolean
  readonly mustEnd: boolean
  /** It has more than one instant. */
  readonly long: boolean
}

/** Across a cell. At one instant what lapses does so before what begins; in a longer cell denials may precede it. */
function across(written: Written, steps: readonly Step[], cell: Cell): readonly Step[] {
  if (!cell.mayEnd) return spread(written, steps, cell)
  const ends = ({ standing }: Step) => endsIn(written, standing)
  const before = cell.long ? spread(written, steps, cell) : steps
  const lasting = cell.mustEnd ? before.filter((step) => !ends(step)) : before
  const ended = before.filter(ends).map((step) => ({ ...step, standing: lapse(step.standing) }))
  return spread(written, [...lasting, ...ended], cell)
}

/** All steps that the denials of a cell lead to, in any order, each with effect at most once. */
function spread(
  written: Written,
  steps: readonly Step[],
  { denials, must }: Cell,
): readonly Step[] {
  const found = new Map<string, Step[]>()
  const queue: Step[] = []
  const add = (step: Step) => {
    const idle = denials.filter(({ row }) => after(written, step.standing, row) === step.standing)
    const grown = { ...step, come: step.come | bitsOf(idle, must) }
    const text = `${stateText(grown.standing)} ${grown.took.join()}`
    const known = found.get(text) ?? []
    if (known.some(({ come }) => (come & grown.come) === grown.come)) return
    const kept = known.filter(({ come }) => (come & grown.come) !== come)
    found.set(text, [...kept, grown])
    queue.push(grown)
  }
  for (const step of steps) add(step)
  for (let step = queue.pop(); step !== undefined; step = queue.pop())
    for (const denial of denials) {
      const { standing, took, come } = step
      if (took.includes(denial.row)) continue
      const next = after(written, standing, denial.row)
      if (next === standing) continue
      const takes = !next.denial
      add({
        standing: next,
        took: takes ? [...took, denial.row].sort((a, b) => a - b) : took,
        come: come | bitsOf([denial], must),
      })
    }
  return [...found.values()].flat()
}

function bitsOf(denials: readonly Denial[], must: readonly Denial[]): bigint {
  let bits = 0n
  for (const denial of denials) {
    const at = must.indexOf(denial)
    if (at !== -1) bits |= 1n << BigInt(at)
  }
  return bits
}

function stateText({ word, denial, row, lapsed }: Standing): string {
  return `${word} ${denial ? 1 : 0} ${row} ${lapsed ? 1 : 0}`
}

/**
 * Whether observation i can stand before its own pick, as in worlds.ts; what stands at t must be
 * over, endless or a denial.
 */
function reachesBack(written: Written, sweeps: readonly Swept[], i: number, t: number): boolean {
  const { columns: c, rows, codes } = written
  const observed = rows[i]!
  if (codes[i]! <= NO_WORD || (c.flags[observed]! & OBSERVATION) === 0) return false
  if (c.latest[observed]! - 1 <= t) return false
  const pick = Math.max(c.earliest[observed]!, t + 1)
  if (sweptBetween(sweeps, t, pick)) return false
  for (const [j, row] of rows.entries())
    if (j !== i && c.latest[row]! - 1 < pick && c.earliest[row]! > t) return false
  for (const standing of reached(written, t, pick - 1, i))
    if (!endsIn(written, standing)) return true
  return false
}
