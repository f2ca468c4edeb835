/**
 * A token pins a reading: the log and its leaf at the position, instants, filter, and the name and
 * revision of resolver and projection. Opened where one of these is missing or differs, it is an
 * error that says which, never another answer (RULINGS 33).
 */
import { RashomonError } from '../errors.js'
import { END, type Instant, instant } from '../time/instant.js'
import type { AccountFilter } from './types.js'

export interface Pinned {
  readonly log: string
  readonly known: number
  /** Leaf hash at `known`, in hex; empty before the first entry. */
  readonly leaf: string
  readonly valid: number
  readonly published: number | null
  readonly accounts: AccountFilter | null
  readonly resolver: readonly [name: string, revision: number]
  readonly projection: readonly [name: string, revision: number]
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
    const pinned = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Pinned
    if (
      isToken(token) &&
      typeof pinned.log === 'string' &&
      Number.isSafeInteger(pinned.known) &&
      Number.isSafeInteger(pinned.valid) &&
      Array.isArray(pinned.resolver) &&
      Array.isArray(pinned.projection)
    )
      return pinned
  } catch {
    // Whatever broke, the text is no token.
  }
  throw mismatch('token', 'the text is no token of a reading', token.slice(0, 40))
}

/** Refuses a token that pins something this timeline has not, naming it. */
export function checkPinned(
  pinned: Pinned,
  here: Pick<Pinned, 'log' | 'leaf' | 'resolver' | 'projection'> & { readonly head: number },
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
  for (const part of ['resolver', 'projection'] as const)
    if (pinned[part][0] !== here[part][0] || pinned[part][1] !== here[part][1])
      throw mismatch(
        part,
        `the token was made with ${part} ${pinned[part].join(' revision ')}, here is ${here[part].join(' revision ')}`,
        pinned[part].join('@'),
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
