/** What a door stands in: the kinds it knows, its limits, and the edition of the zone rules. */
import { RashomonError } from '../errors.js'
import { CITATION } from './hidden.js'
import type { ClaimKind } from './kind.js'
import type { Limits } from './limits.js'
import { shapeOf } from './shape.js'

export interface House {
  readonly kinds: ReadonlyMap<string, ClaimKind<object>>
  readonly limits: Limits
  /** Edition of the zone rules that local times are read by. */
  readonly rules: string
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
