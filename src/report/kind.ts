/**
 * A claim kind: what may be asserted and how it is checked. Control and engagement are made
 * with `defineClaim`, exactly as a user's own kinds are.
 */
import type { ZodType } from 'zod'
import { RashomonError } from '../errors.js'
import type { JsonRecord } from './types.js'

/** What a claim refers to; every id must be known to the log (in the registry, or as a report). */
export interface References {
  readonly places?: readonly string[]
  readonly actors?: readonly string[]
  readonly sources?: readonly string[]
  readonly reports?: readonly string[]
}

export interface ClaimKind<Out extends object = JsonRecord> {
  /** `claim.kind` of its reports. */
  readonly kind: string
  /** Revision of the stored form, from 1. */
  readonly revision: number
  /** Who may assert it: sources through an attribution chain, or the desk that keeps the log. */
  readonly by: 'source' | 'desk'
  /**
   * Checks and normalises the claim, its `kind` and the times' marks (`mode` …) left out. What it
   * gives is plain JSON, which it takes again and leaves as it is, and the same for the same claim
   * always; hidden fields are optional.
   */
  readonly schema: ZodType<Out>
  /** Whether the claim takes `mode`, `throughout`, `expected` and `basis`. */
  readonly timed: boolean
  /** Which times of the world its reports may state. */
  readonly takes: readonly ('when' | 'until')[]
  /**
   * What a claim is, in a word or two, that takes no end and is never foretold, whatever its kind
   * takes; `null` of others.
   */
  endless(claim: Out): string | null
  references(claim: Out): References
  /** Top-level fields that are kept as parts, so that they can be hidden one day. */
  readonly hidden: readonly string[]
  /**
   * Pure steps from a revision's stored claim to the next: `upcast[1]` makes revision 2. A step
   * also meets the fields of a correction: a claim of those alone, `null` where one was removed.
   */
  readonly upcast: Readonly<Record<number, (claim: JsonRecord) => JsonRecord>>
}

/** What a user gives; all but kind and schema has a default. */
export type ClaimDefinition<Out extends object> = Pick<ClaimKind<Out>, 'kind' | 'schema'> &
  Partial<Omit<ClaimKind<Out>, 'kind' | 'schema'>>

/**
 * Makes a claim kind. Defaults: revision 1, asserted by sources, timed, takes both times, no
 * references, nothing hidden.
 *
 * @throws `invalid-definition` when the name is not lower-case words, or an upcaster is missing.
 */
export function defineClaim<Out extends object>(definition: ClaimDefinition<Out>): ClaimKind<Out> {
  const revision = definition.revision ?? 1
  const upcast = definition.upcast ?? {}
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(definition.kind))
    throw new RashomonError(
      'invalid-definition',
      `kind: ${JSON.stringify(definition.kind)} is no name of a claim kind; lower-case letters, digits and dashes would be, as in "road-cut"`,
    )
  for (let from = 1; from < revision; from++)
    if (upcast[from] === undefined)
      throw new RashomonError(
        'invalid-definition',
        `upcast: kind "${definition.kind}" is at revision ${revision} but has no step from revision ${from}`,
      )
  return {
    kind: definition.kind,
    revision,
    by: definition.by ?? 'source',
    schema: definition.schema,
    timed: definition.timed ?? true,
    takes: definition.takes ?? ['when', 'until'],
    endless: definition.endless ?? (() => null),
    references: definition.references ?? (() => ({})),
    hidden: definition.hidden ?? [],
    upcast,
  }
}
