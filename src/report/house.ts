/**
 * What a door stands in: the kinds it knows, its limits, the edition of the zone rules, and what
 * it lately read. Only what was let in is remembered, under the very text that it was read from.
 */
import { RashomonError } from '../errors.js'
import type { SaidEnd, SaidTime } from '../time/said.js'
import { CITATION, type Hidden } from './hidden.js'
import type { ClaimKind, References } from './kind.js'
import type { Limits } from './limits.js'
import { Remembered } from './remembered.js'
import { shapeOf } from './shape.js'
import type { Claim, Hop } from './types.js'

/** A member of a report as it was read, its keys in canonical order, with its canonical text. */
export interface Read<Member> {
  readonly value: Member
  readonly text: string
}

/** Not to be changed, for reports to come share it. */
export interface Memory {
  readonly chains: Remembered<ChainRead>
  readonly claims: Remembered<ClaimRead>
  readonly starts: Remembered<Read<SaidTime>>
  readonly ends: Remembered<Read<SaidEnd>>
  readonly publications: Remembered<Read<SaidTime>>
}

export interface ChainRead extends Read<readonly Hop[]> {
  readonly sources: readonly string[]
}

export interface ClaimRead {
  readonly claim: Partial<Read<Claim>> & { readonly value: Claim }
  readonly references: References
  readonly hidden: Hidden
}

export interface House {
  readonly kinds: ReadonlyMap<string, ClaimKind<object>>
  readonly limits: Limits
  /** Edition of the zone rules that local times are read by. */
  readonly rules: string
  readonly memory: Memory
}

export function emptyMemory(): Memory {
  return {
    chains: new Remembered(512),
    claims: new Remembered(16_384),
    starts: new Remembered(8192),
    ends: new Remembered(512),
    publications: new Remembered(1024),
  }
}

/**
 * Kinds by their name.
 *
 * @throws `invalid-definition` where two share a name, or one hides what it cannot do without.
 */
export function kindsByName(
  kinds: readonly ClaimKind<object>[],
): ReadonlyMap<string, ClaimKind<object>> {
  const known = new Map<string, ClaimKind<object>>()
  for (const kind of kinds) {
    if (known.has(kind.kind))
      throw refuse(kind, 'is defined twice; another name for one of them would be right')
    for (const field of kind.hidden) {
      if (field === CITATION)
        throw refuse(
          kind,
          `hides "${field}", which is every report's own; another name would be right`,
        )
      const schema = shapeOf(kind.schema)?.[field]
      if (schema !== undefined && schema._zod.optin === undefined)
        throw refuse(
          kind,
          `hides "${field}", which its schema demands; an optional field would be right`,
        )
    }
    known.set(kind.kind, kind)
  }
  return known
}

function refuse(kind: ClaimKind<object>, message: string): RashomonError {
  return new RashomonError('invalid-definition', `claims: kind "${kind.kind}" ${message}`)
}
