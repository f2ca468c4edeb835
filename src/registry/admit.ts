/**
 * What the registry has to say of a report before it is appended: every id it names is known, and
 * no place, actor or source comes to contain itself.
 */
import { RashomonError } from '../errors.js'
import { everythingAt } from '../fold/cut.js'
import type { References } from '../report/kind.js'
import type { Claim } from '../report/types.js'
import { type Instant, instant } from '../time/instant.js'
import type { Position } from '../time/position.js'
import type { EntryKind, Registry } from './entries.js'

export interface Missing {
  readonly kind: EntryKind
  readonly id: string
}

/** Ids that a report names and neither the registry at a position nor `entered` knows, each once. */
export function missingOf(
  references: References,
  claim: Claim,
  registry: Registry,
  known: Position,
  entered: Pick<ReadonlySet<string>, 'has'>,
): Missing[] {
  const named: Missing[] = [
    ...(references.places ?? []).map((id) => ({ kind: 'place' as const, id })),
    ...(references.actors ?? []).map((id) => ({ kind: 'actor' as const, id })),
    ...(references.sources ?? []).map((id) => ({ kind: 'source' as const, id })),
  ]
  const seen = new Set<string>()
  return named.filter(({ kind, id }) => {
    const text = entryText(kind, id)
    if (seen.has(text) || entered.has(text) || (claim[kind] === id && claim.kind === kind))
      return false
    seen.add(text)
    return !registry.knows(kind, id, known)
  })
}

export function entryText(kind: EntryKind, id: string): string {
  return `${kind}\u0000${id}`
}

const CONTAINMENT = [
  ['place', 'partOf'],
  ['actor', 'memberOf'],
] as const

/** An edge of containment over a stretch of valid time, half-open. */
interface Edge {
  readonly to: string
  readonly from: Instant
  readonly until: Instant
}

/** An entry that is not in the log yet, and from when to when it holds. */
interface Pending {
  readonly claim: Claim
  readonly start: Instant
  readonly end: Instant
}

/**
 * Refuses an entry by which something would come to be part, or member, of itself.
 *
 * @throws `cycle`, naming the way round.
 */
export function refuseCycle(
  claim: Claim,
  start: Instant,
  end: Instant,
  registry: Registry,
  known: Position,
  pending: (kind: EntryKind, id: string) => readonly Pending[],
): void {
  for (const [kind, field] of CONTAINMENT) {
    const id = claim[kind]
    const wholes = claim[field]
    if (claim.kind !== kind || typeof id !== 'string' || !Array.isArray(wholes)) continue
    const edges = (of: string): Edge[] => [
      ...registry.stretches(kind, of, field, everythingAt(known)),
      ...pending(kind, of).flatMap((entry) =>
        ((entry.claim[field] ?? []) as string[]).map((to) => ({
          to,
          from: entry.start,
          until: entry.end,
        })),
      ),
    ]
    for (const whole of wholes as string[]) {
      const way = wayTo(whole, id, start, end, edges, [id, whole])
      if (way !== null)
        throw new RashomonError(
          'cycle',
          `claim.${field}: ${JSON.stringify(id)} would contain itself (${way.join(' in ')}); a whole that is not among its own parts would be right`,
          { place: { field: `claim.${field}` }, data: { way } },
        )
    }
  }
}

function wayTo(
  at: string,
  goal: string,
  from: Instant,
  until: Instant,
  edges: (of: string) => readonly Edge[],
  way: readonly string[],
): readonly string[] | null {
  if (at === goal) return way
  for (const edge of edges(at)) {
    const later = instant(Math.max(from, edge.from))
    const sooner = instant(Math.min(until, edge.until))
    if (later >= sooner) continue
    if (way.slice(0, -1).includes(edge.to) && edge.to !== goal) continue
    const found = wayTo(edge.to, goal, later, sooner, edges, [...way, edge.to])
    if (found !== null) return found
  }
  return null
}
