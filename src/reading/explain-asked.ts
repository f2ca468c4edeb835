/**
 * What an explanation asks of the engine: the same question again, as if of all reports only some
 * were there; and where each report stands in canonical order.
 */
import { among, type Cut } from '../fold/cut.js'
import { canonicalText } from '../fold/intern.js'
import { compareNumbers } from '../fold/order.js'
import type { RegisterProjection } from '../fold/projection.js'
import type { Carrier } from '../fold/register.js'
import type { Store } from '../fold/store.js'
import { compareUtf8 } from '../report/utf8.js'
import type { Telling } from '../weigh/standing.js'
import type { Coordinates } from './coordinates.js'
import { type Engine, weighingAt } from './subject.js'
import { accountsOf, tellingsAt } from './tellings.js'
import type { Resolution, Weighing } from './types.js'

/** A subject at a reading. */
export interface Asked {
  readonly engine: Engine
  readonly store: Store
  readonly place: string
  readonly c: Coordinates
}

/** A report, with all that its canonical order hangs on. */
export interface Item {
  readonly position: number
  readonly id: string
  readonly earliest: number
  readonly latest: number
  readonly published: number
}

export function canonically(a: Item, b: Item): number {
  return (
    compareNumbers(a.latest, b.latest) ||
    compareNumbers(a.earliest, b.earliest) ||
    compareNumbers(a.published, b.published) ||
    compareUtf8(a.id, b.id)
  )
}

export function itemOf({ ledger }: Engine, { columns }: Store, row: number): Item {
  const position = columns.report[row]!
  return {
    position,
    id: ledger.id(position),
    earliest: columns.earliest[row]!,
    latest: columns.latest[row]!,
    published: columns.published[row]!,
  }
}

export function itemCarrying({ position, id, start, published }: Carrier): Item {
  return { position, id, earliest: start.from, latest: start.to, published }
}

export function facetsOf({ store }: Pick<Asked, 'store'>): readonly string[] {
  return (store.projection as RegisterProjection).facets
}

/** The cut of a reading, of sources' reports only these. */
export function cutAmong({ c }: Asked, items: Iterable<Item>): Cut {
  return among(c.cut, new Set([...items].map(({ position }) => position)))
}

/** What all accounts say, and how they are weighed, at a cut; records stay those of the whole reading. */
export function toldAt(
  { engine, store, place, c }: Asked,
  cut: Cut,
): { readonly tellings: readonly Telling[]; readonly weighing: Weighing } {
  const tellings = tellingsAt(engine, store, accountsOf(engine, store, place, cut), { ...c, cut })
  const weighing = weighingAt(engine, store, tellings, { ...c, cut })
  if (cut === c.cut) return { tellings, weighing }
  const { record } = weighingAt(engine, store, tellings, c)
  return { tellings, weighing: { ...weighing, record } }
}

/** `null` where no account has a voice, and none is needed. */
export function resolutionIn(
  { c: { resolver } }: Pick<Asked, 'c'>,
  facet: string,
  weighing: Weighing,
): Resolution | null {
  const voices = weighing.voices(facet)
  if (voices.length === 0 && resolver.unvoiced !== true) return null
  const resolution = resolver.resolve(facet, voices, weighing)
  return voices.length > 0 || resolution.decided ? resolution : null
}

/** Equal texts, equal answers: what is decided, or between what it is not (RULINGS 35). */
export function answerTextOf(resolution: Resolution | null): string {
  if (resolution === null) return ''
  return resolution.decided
    ? canonicalText(resolution.value)
    : canonicalText({ undecided: resolution.candidates.map(({ value }) => value) })
}
