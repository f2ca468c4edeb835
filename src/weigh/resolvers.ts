/**
 * Resolvers: named, pure, revisioned ways to weigh accounts when a reading is made. Ties are
 * undecided, and the order of the accounts never matters. Each has a file of its own; this one knows
 * them by name. Some take arguments, which are part of the name: `corroborated(3)`.
 */
import { isRashomonError, RashomonError } from '../errors.js'
import type { Resolver } from '../reading/types.js'
import { corroborated } from './corroborated.js'
import { dispute } from './dispute.js'
import { latest } from './latest.js'
import { ranked } from './ranked.js'
import { rated } from './rated.js'

/** Resolvers that differ in what their name has between brackets. */
export interface ResolverFamily {
  readonly name: string
  /** How a person writes one. */
  readonly form: string
  make(args: readonly string[]): Resolver
}

export { dispute, latest }

/** By name; `corroborated` alone asks for two. */
export const RESOLVERS: readonly Resolver[] = [
  dispute,
  latest,
  { ...corroborated(), name: 'corroborated' },
  rated,
]

export const FAMILIES: readonly ResolverFamily[] = [
  {
    name: 'corroborated',
    form: 'corroborated(N)',
    make: (said) => {
      const [n = ''] = said
      if (said.length === 1 && /^\d+$/.test(n)) return corroborated(Number(n))
      throw new RashomonError(
        'invalid-definition',
        `resolver: corroborated(${said.join(',')}) asks for no number of origins; one whole number from 1 would be right, as in corroborated(3)`,
        { place: { field: 'resolver' } },
      )
    },
  },
  { name: 'ranked', form: 'ranked(SOURCE,…)', make: ranked },
]

const NAMED = /^([a-z][a-z0-9-]*)\(([^()]*)\)$/

/** Those that were made, so that one name is one resolver wherever its readings are compared. */
const made = new WeakMap<ReadonlyMap<string, Resolver>, Map<string, Resolver>>()

/**
 * The resolver of a name, arguments and all; `undefined` where there is none.
 *
 * @throws `invalid-reading` where the arguments are wrong.
 */
export function resolverNamed(
  name: string,
  resolvers: ReadonlyMap<string, Resolver>,
): Resolver | undefined {
  const known = resolvers.get(name) ?? made.get(resolvers)?.get(name)
  if (known !== undefined) return known
  const [, named, text = ''] = NAMED.exec(name) ?? []
  const family = FAMILIES.find((one) => one.name === named)
  if (family === undefined) return undefined
  const resolver = madeOf(family, text)
  const others = made.get(resolvers) ?? new Map<string, Resolver>()
  made.set(resolvers, others.set(name, resolver))
  return resolver
}

function madeOf(family: ResolverFamily, text: string): Resolver {
  try {
    return family.make(text === '' ? [] : text.split(',').map((one) => one.trim()))
  } catch (error) {
    if (!isRashomonError(error)) throw error
    throw new RashomonError('invalid-reading', error.message, { place: { field: 'resolver' } })
  }
}

/** Every name that a reading can ask for, as a person writes them. */
export function resolverNames(resolvers: ReadonlyMap<string, Resolver>): string[] {
  return [...resolvers.keys(), ...FAMILIES.map(({ form }) => form)]
}

/**
 * Makes a resolver; revision is 1 unless given.
 *
 * @throws `invalid-definition` when the name is not lower-case words.
 */
export function defineResolver(
  definition: Omit<Resolver, 'revision'> & { readonly revision?: number },
): Resolver {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(definition.name))
    throw new RashomonError(
      'invalid-definition',
      `name: ${JSON.stringify(definition.name)} is no name of a resolver; lower-case letters, digits and dashes would be`,
    )
  return { revision: 1, ...definition }
}
