/**
 * A token pins a reading: the log and its leaf at the position, instants, filter, and the name and
 * revision of resolver and projections. Opened where one of these is missing or differs, it is an
 * error that says which, never another answer (RULINGS 33).
 */
import { RashomonError } from '../errors.js'
import { END, type Instant, instant, MAX_INSTANT } from '../time/instant.js'
import type { AccountFilter } from './types.js'

type Named = readonly [name: string, revision: number]

export interface Pinned {
  readonly log: string
  readonly known: number
  /** Leaf hash at `known`, in hex; empty before the first entry. */
  readonly leaf: string
  readonly valid: number
  readonly published: number | null
  readonly accounts: AccountFilter | null
  readonly resolver: Named
  /** Every projection the timeline was opened with. */
  readonly projections: readonly Named[]
}

const MARK = 'rashomon1.'

export function printToken(pinned: Pinned): string {
  const bytes = new TextEncoder().encode(JSON.stringify(pinned))
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return MARK + text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function isToken(text: string): boolean {
  return text.startsWith(MARK)
}

/** @throws `token-mismatch` where the text is no token. */
export function parseToken(token: string): Pinned {
  try {
    const text = token.slice(MARK.length).replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
    const pinned: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (isToken(token) && isPinned(pinned)) return pinned
  } catch {
    // Whatever broke, the text is no token.
  }
  throw mismatch('token', 'the text is no token of a reading', token.slice(0, 40))
}

function isPinned(value: unknown): value is Pinned {
  const { log, known, leaf, valid, published, accounts, resolver, projections } = value as Pinned
  return (
    typeof log === 'string' &&
    Number.isSafeInteger(known) &&
    known >= 0 &&
    typeof leaf === 'string' &&
    isInstant(valid) &&
    (published === null || isInstant(published)) &&
    typeof accounts === 'object' &&
    isNamed(resolver) &&
    Array.isArray(projections) &&
    projections.every(isNamed)
  )
}

function isInstant(value: unknown): boolean {
  return Number.isSafeInteger(value) && Math.abs(value as number) <= MAX_INSTANT
}

function isNamed(value: unknown): value is Named {
  return Array.isArray(value) && typeof value[0] === 'string' && Number.isSafeInteger(value[1])
}

/** Refuses a token that pins something this timeline has not, naming it. */
export function checkPinned(
  pinned: Pinned,
  here: Pick<Pinned, 'log' | 'leaf' | 'resolver' | 'projections'> & { readonly head: number },
): void {
  if (pinned.log !== here.log)
    throw mismatch('log', `the token is of log ${pinned.log}, this is log ${here.log}`, pinned.log)
  if (pinned.known > here.head)
    throw mismatch(
      'known',
      `the token knows position ${pinned.known}, this log ends at ${here.head}`,
      pinned.known,
    )
  if (pinned.leaf !== here.leaf)
    throw mismatch(
      'leaf',
      `the entry at position ${pinned.known} is not the one the token was made of`,
      pinned.leaf,
    )
  if (!isSame(pinned.resolver, here.resolver))
    throw differs('resolver', pinned.resolver, here.resolver)
  for (const projection of pinned.projections) {
    const found = here.projections.find(([name]) => name === projection[0])
    if (!isSame(projection, found)) throw differs('projection', projection, found)
  }
}

function isSame(a: Named, b: Named | undefined): boolean {
  return b !== undefined && a[0] === b[0] && a[1] === b[1]
}

function differs(part: string, pinned: Named, here: Named | undefined): RashomonError {
  const found = here === undefined || here[1] === 0 ? 'none of that name' : here.join(' revision ')
  return mismatch(
    part,
    `the token was made with ${part} ${pinned.join(' revision ')}, here is ${found}`,
    pinned.join('@'),
  )
}

export function publishedOf(pinned: Pinned): Instant {
  return pinned.published === null ? END : instant(pinned.published)
}

function mismatch(part: string, message: string, value: unknown): RashomonError {
  return new RashomonError('token-mismatch', `${part}: ${message}`, {
    place: { field: part },
    data: { part, value },
  })
}
