/**
 * Law 12, resolver: the order of accounts does not matter, and a copy of a report by a dependent source
 * does not add weight. Asked of the resolver alone, with what an engine shows it: the same voices in
 * another order, and once more with one account that says again what another says, as a source that
 * is known to copy that one's origin, or as a relay of that origin, and was published no sooner.
 */
import * as fc from 'fast-check'
import { againstInterest, cautious } from '../../../projections/index.js'
import { canonicalText } from '../../fold/intern.js'
import type {
  Possible,
  Reliability,
  Resolution,
  Resolver,
  Voice,
  Weighing,
} from '../../reading/types.js'
import { RESOLVERS, resolverNamed } from '../../weigh/resolvers.js'
import { ACTORS, type History } from '../arbitraries-input.js'
import { type ModelReading, readings } from '../arbitraries-readings.js'
import { Breach, holds } from './answers.js'
import { Bench, type Subject } from './subject.js'

/** How accounts are turned about, and who says again what one of them says. */
export interface Weight {
  readonly reading: ModelReading
  /** By how many places the accounts move on, after they were turned about. */
  readonly turn: number
  /** Which of those who speak is said again. */
  readonly pick: number
  readonly as: 'copy' | 'relay'
  /** How many milliseconds later it is published. */
  readonly later: number
  /** Of the copy: which side it is on, and how it is rated. */
  readonly alignment: string | null
  readonly reliability: readonly Reliability[]
}

export function resolving(subject: Subject) {
  const cases = subject.histories({ regards: true }).chain((history) =>
    fc.record({
      history: fc.constant(history),
      weight: fc.record({
        reading: readings(history),
        turn: fc.nat({ max: 3 }),
        pick: fc.nat({ max: 5 }),
        as: fc.constantFrom('copy' as const, 'relay' as const),
        later: fc.nat({ max: 20 }),
        alignment: fc.constantFrom(null, ...ACTORS),
        reliability: fc.subarray<Reliability>(['A', 'B', 'C', 'D', 'E', 'F'], { maxLength: 2 }),
      }),
    }),
  )
  return fc.asyncProperty(cases, ({ history, weight }) => weighsAlike(subject, history, weight))
}

/** Whether every resolver of a subject answers alike, accounts turned about or one of them copied. */
export async function weighsAlike(
  subject: Subject,
  history: History,
  weight: Weight,
): Promise<void> {
  const { engine } = await Bench.holding(subject, history)
  for (const asked of subject.resolvers) {
    const resolver = typeof asked === 'string' ? shipped(asked) : asked
    const breaches: Breach[] = []
    const watching: Resolver = {
      ...resolver,
      resolve(facet, voices, weighing) {
        const resolution = resolver.resolve(facet, voices, weighing)
        try {
          alikeTurned(resolver, { facet, voices, weighing, resolution }, weight)
          alikeCopied(resolver, { facet, voices, weighing, resolution }, weight)
        } catch (error) {
          if (!(error instanceof Breach)) throw error
          breaches.push(error)
        }
        return resolution
      },
    }
    const view = engine.at({ ...weight.reading, resolver: watching })
    for (const { place } of view.places()) void view.place(place).resolved
    if (breaches[0] !== undefined) throw breaches[0]
  }
  await engine.close()
}

interface Weighed {
  readonly facet: string
  readonly voices: readonly Voice[]
  readonly weighing: Weighing
  readonly resolution: Resolution
}

function alikeTurned(
  { name, resolve }: Resolver,
  { facet, voices, weighing, resolution }: Weighed,
  { turn }: Weight,
): void {
  const turned = <T>(list: readonly T[]): T[] => {
    const back = list.toReversed()
    const at = turn % Math.max(1, back.length)
    return [...back.slice(at), ...back.slice(0, at)]
  }
  const found = resolve(facet, turned(voices), {
    ...open(weighing),
    voices: (of) => turned(weighing.voices(of)),
    possible: (of) => turned(weighing.possible(of)),
  })
  holds(
    canonicalText(found as never) === canonicalText(resolution as never),
    `${name} on ${facet} answers ${brief(resolution)}, and with its accounts in another order ${brief(found)}`,
  )
}

function alikeCopied(
  { name, resolve }: Resolver,
  { facet, voices, weighing, resolution }: Weighed,
  weight: Weight,
): void {
  const said = voices.filter(({ disowned }) => !disowned)
  const copied = said[weight.pick % Math.max(1, said.length)]
  if (copied === undefined) return
  const again = againOf(copied, weight)
  const add = <T extends Possible>(list: readonly T[]): T[] =>
    list.flatMap((one) =>
      one.account === copied.account ? [one, { ...one, ...again(one) }] : [one],
    )
  const copies = (origin: string): ReadonlySet<string> =>
    origin === COPIER
      ? new Set([copied.origin, ...weighing.copies(copied.origin)])
      : weighing.copies(origin)
  const found = resolve(facet, add(voices), {
    ...open(weighing),
    voices: (of) => add(weighing.voices(of)),
    possible: (of) => add(weighing.possible(of)),
    copies,
    independent(a, b) {
      if (a !== COPIER && b !== COPIER) return weighing.independent(a, b)
      const behind = new Set([a, ...copies(a)])
      return ![b, ...copies(b)].some((origin) => behind.has(origin))
    },
  })
  holds(
    decision(found) === decision(resolution),
    `${name} on ${facet} answers ${brief(resolution)}, and once a ${weight.as} of ${copied.account} says the same ${brief(found)}`,
  )
}

const COPIER = 'copier'

/** What a copy, or another relay, has of its own; all else is as it was said first. */
function againOf(copied: Voice, { as, later, alignment, reliability }: Weight) {
  const own =
    as === 'copy'
      ? { account: COPIER, origin: COPIER, publisher: COPIER, alignment }
      : { account: `${copied.origin} via ${COPIER}`, publisher: COPIER }
  return (one: Possible | Voice) =>
    'value' in one
      ? {
          ...own,
          ...(as === 'copy' ? { reliability } : {}),
          published: one.published + later,
          report: `${one.report} again`,
          credibility: [],
          stances: [],
        }
      : own
}

/** Its members by name, whatever sort of object it is. */
function open(weighing: Weighing): Weighing {
  const { valid, facets } = weighing
  return {
    valid,
    facets,
    voices: (facet) => weighing.voices(facet),
    possible: (facet) => weighing.possible(facet),
    independent: (a, b) => weighing.independent(a, b),
    copies: (origin) => weighing.copies(origin),
    sides: (actor) => weighing.sides(actor),
    record: (source) => weighing.record(source),
  }
}

/** What is decided, and how sure it is; who supports it is more where it is said again. */
function decision(resolution: Resolution): string {
  if (!resolution.decided) return 'undecided'
  return canonicalText({ value: resolution.value, certainty: resolution.certainty })
}

function brief(resolution: Resolution): string {
  return resolution.decided
    ? `${canonicalText(resolution.value)} (${resolution.rule})`
    : `undecided (${resolution.rule})`
}

const SHIPPED = new Map([...RESOLVERS, cautious, againstInterest].map((one) => [one.name, one]))

function shipped(name: string): Resolver {
  const found = resolverNamed(name, SHIPPED)
  if (found === undefined) throw new Error(`there is no shipped resolver ${name}`)
  return found
}
