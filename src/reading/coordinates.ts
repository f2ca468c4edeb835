/**
 * The coordinates of a reading, understood once: which instant, which cut through what is known,
 * whose accounts, how weighed. Everything behind works with these.
 */
import { RashomonError } from '../errors.js'
import type { Cut } from '../fold/cut.js'
import type { Ledger } from '../fold/ledger.js'
import type { Registry } from '../registry/entries.js'
import { accountOf } from '../report/account.js'
import type { Hop } from '../report/types.js'
import { END, type Instant, printInstant } from '../time/instant.js'
import { type Position, position } from '../time/position.js'
import { readMoment } from '../time/read.js'
import { resolverNamed, resolverNames } from '../weigh/resolvers.js'
import type { AccountFilter, AccountName, Reading, Resolver, SettledReading } from './types.js'

export interface Coordinates {
  readonly valid: Instant
  readonly cut: Cut
  readonly resolver: Resolver
  readonly filter: AccountFilter | null
  readonly knownNote: string | null
}

export interface Sources {
  readonly ledger: Ledger
  readonly registry: Registry
  readonly resolvers: ReadonlyMap<string, Resolver>
  /** Says what the clock reads, and keeps the log from stamping an entry before an instant answered for. */
  readonly answerFor: (known: Instant) => Instant
}

/**
 * Understands a reading.
 *
 * @throws `invalid-reading` for an instant, position, filter or resolver that is none.
 */
export function understand(reading: Reading, sources: Sources): Coordinates {
  refuseUnknown(reading)
  const valid = readMoment(reading.valid, reading.zone)
  const { known, note } = knownAt(reading, valid, sources)
  const filter = filterOf(reading.accounts)
  const published =
    reading.published === undefined
      ? END
      : reading.published === 'then'
        ? valid
        : readMoment(reading.published, reading.zone)
  const passes = filter === null ? null : passesOf(filter, valid, known, sources.registry)
  return {
    valid,
    cut: { known, published, passes },
    resolver: resolverOf(reading.resolver, sources.resolvers),
    filter,
    knownNote: note,
  }
}

/** The same cut at another position: alignments that the filter names are those known there. */
export function cutKnownAt(
  { cut, filter, valid }: Coordinates,
  known: Position,
  registry: Registry,
): Cut {
  const passes = filter === null ? null : passesOf(filter, valid, known, registry)
  return { ...cut, known, passes }
}

/** The coordinates as an answer prints them. */
export function settledReading(c: Coordinates): SettledReading {
  return {
    valid: printInstant(c.valid),
    known: c.cut.known,
    ...(c.knownNote === null ? {} : { knownNote: c.knownNote }),
    published: c.cut.published === END ? null : printInstant(c.cut.published),
    accounts: c.filter,
    resolver: c.resolver.name,
  }
}

/** The same reading at another instant; the cut, and so its filter, stays. */
export function atInstant(c: Coordinates, valid: Instant): Coordinates {
  return { ...c, valid }
}

function knownAt(
  reading: Reading,
  valid: Instant,
  { ledger, answerFor }: Sources,
): { known: Position; note: string | null } {
  const { known } = reading
  const head = ledger.head
  if (known === undefined) return { known: head, note: null }
  if (typeof known === 'number') {
    if (!Number.isSafeInteger(known) || known < 0 || known > head)
      throw new RashomonError(
        'invalid-reading',
        `known: ${known} is no position of this log; 0 to ${head} would be`,
        { place: { field: 'known' }, data: { head } },
      )
    return { known: position(known), note: null }
  }
  const instant = known === 'then' ? valid : readMoment(known, reading.zone)
  if (instant > answerFor(instant))
    return {
      known: head,
      note: `${printInstant(instant)} has not come; this is the present head, ${head}`,
    }
  return { known: ledger.before(instant), note: null }
}

function resolverOf(
  asked: Reading['resolver'],
  resolvers: ReadonlyMap<string, Resolver>,
): Resolver {
  if (isResolver(asked)) return asked
  const name: unknown = asked ?? 'dispute'
  const found = typeof name === 'string' ? resolverNamed(name, resolvers) : undefined
  if (found !== undefined) return found
  throw new RashomonError(
    'invalid-reading',
    `resolver: there is none named ${JSON.stringify(asked)}; there are ${resolverNames(resolvers).join(', ')}`,
    { place: { field: 'resolver' } },
  )
}

function isResolver(asked: unknown): asked is Resolver {
  const { name, revision, resolve } = (asked ?? {}) as Partial<Resolver>
  return typeof name === 'string' && Number.isSafeInteger(revision) && typeof resolve === 'function'
}

const FIELDS = new Set(['valid', 'known', 'published', 'accounts', 'resolver', 'zone'])

function refuseUnknown(reading: Reading): void {
  if (typeof reading !== 'object' || reading === null)
    throw new RashomonError(
      'invalid-reading',
      `reading: ${JSON.stringify(reading)} is none; an object such as { "valid": "2015-11-12" } would be right`,
    )
  for (const field of Object.keys(reading))
    if (!FIELDS.has(field))
      throw new RashomonError(
        'invalid-reading',
        `${field}: a reading has no such coordinate; it has ${[...FIELDS].join(', ')}`,
        { place: { field } },
      )
  if (typeof reading.valid !== 'string')
    throw new RashomonError(
      'invalid-reading',
      `valid: ${JSON.stringify(reading.valid)} is no instant; one in ISO 8601 would be, as in "2015-11-12T20:00+02:00", or a date`,
      { place: { field: 'valid' } },
    )
}

function filterOf(filter: AccountFilter | undefined): AccountFilter | null {
  const { include = [], exclude = [], ...others } = filter ?? {}
  const isFilter =
    typeof (filter ?? {}) === 'object' &&
    Array.isArray(include) &&
    Array.isArray(exclude) &&
    Object.keys(others).length === 0
  if (!isFilter)
    throw new RashomonError(
      'invalid-reading',
      `accounts: ${JSON.stringify(filter)} is no filter; { include: [names] }, { exclude: [names] } or both would be`,
      { place: { field: 'accounts' } },
    )
  for (const name of [...include, ...exclude])
    if (!namesAccount(name))
      throw new RashomonError(
        'invalid-reading',
        `accounts: ${JSON.stringify(name)} names none; a source, or { origin }, { publisher } or { alignment } would`,
        { place: { field: 'accounts' } },
      )
  if (include.length === 0 && exclude.length === 0) return null
  return {
    ...(include.length === 0 ? {} : { include }),
    ...(exclude.length === 0 ? {} : { exclude }),
  }
}

function namesAccount(name: unknown): name is AccountName {
  if (typeof name === 'string') return true
  if (typeof name !== 'object' || name === null) return false
  const [[key, value] = ['', null], ...others] = Object.entries(name)
  const known = ['origin', 'publisher', 'alignment'].includes(key)
  return known && typeof value === 'string' && others.length === 0
}

function passesOf(
  filter: AccountFilter,
  valid: Instant,
  known: Position,
  registry: Registry,
): (chain: readonly Hop[]) => boolean {
  const alignedAt: Cut = { known, published: END, passes: null }
  const matches = (name: AccountName, chain: readonly Hop[]): boolean => {
    if (typeof name === 'string')
      return chain.some((hop) => hop.source === name) || accountOf(chain).name === name
    if ('origin' in name) return chain.at(-1)?.source === name.origin
    if ('publisher' in name) return chain[0]?.source === name.publisher
    return chain.some(
      ({ source }) =>
        registry.field('source', source, 'alignment', valid, alignedAt) === name.alignment,
    )
  }
  return (chain) =>
    (filter.include === undefined || filter.include.some((name) => matches(name, chain))) &&
    !(filter.exclude ?? []).some((name) => matches(name, chain))
}
