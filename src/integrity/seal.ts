/**
 * Sealing: a draft becomes canonical bytes and their hash. What may have to be hidden lies beside
 * it as salted parts; the report holds only commitments to them, SHA-256(salt || bytes), so that a
 * part can go one day and every hash stays (PROMISES, evidence).
 */
import { randomBytes } from 'node:crypto'
import { RashomonError } from '../errors.js'
import type { Sealed } from '../log/contract.js'
import type { Draft } from '../report/door.js'
import type { Part, Report } from '../report/types.js'
import { canonicalBytes, hex, sha256 } from './hash.js'

const SALT = 16

/**
 * Seals a draft. An id that is not given is derived from the canonical content without its parts,
 * never from clock or chance, so that the same report twice is one (RULINGS 30).
 */
export function seal(
  { report, hidden }: Pick<Draft, 'report' | 'hidden'>,
  random: (length: number) => Uint8Array = pooled,
): Sealed {
  const parts = Object.entries(hidden).map(([name, value]): Part => {
    return { name, salt: random(SALT), bytes: canonicalBytes(value as object) }
  })
  const id = report.id ?? derivedId(report)
  const whole =
    parts.length === 0 ? { ...report, id } : { ...report, id, parts: commitments(parts) }
  return sealed(whole, parts)
}

/**
 * Seals a report as an export holds it, salts and all.
 *
 * @throws `invalid-report` where a part is missing, is not committed to, or is another.
 */
export function restoreSealed(report: Report, parts: readonly Part[]): Sealed {
  const committed = report.parts ?? {}
  const found = commitments(parts)
  for (const name of new Set([...Object.keys(committed), ...Object.keys(found)]))
    if (committed[name] !== found[name])
      throw new RashomonError(
        'invalid-report',
        `parts.${name}: is not what the report commits to; the part as it was exported would be right`,
        { place: { field: `parts.${name}` } },
      )
  return sealed(report, parts)
}

/** Whether two sealed reports say the same, whatever their salts. */
export function sameContent(
  a: Pick<Sealed, 'bytes' | 'parts'>,
  b: Pick<Sealed, 'bytes' | 'parts'>,
): boolean {
  if (a.parts.length !== b.parts.length) return false
  if (a.parts.length === 0) return Buffer.compare(a.bytes, b.bytes) === 0
  const others = new Map(b.parts.map(({ name, bytes }) => [name, bytes]))
  const alike = ({ name, bytes }: Part) => {
    const other = others.get(name)
    return other !== undefined && Buffer.compare(bytes, other) === 0
  }
  return a.parts.every(alike) && Buffer.compare(uncommitted(a.bytes), uncommitted(b.bytes)) === 0
}

function sealed(report: object & { readonly id: string }, parts: readonly Part[]): Sealed {
  const bytes = canonicalBytes(report)
  return { id: report.id, bytes, hash: sha256(bytes), parts }
}

function commitments(parts: readonly Part[]): Record<string, string> {
  return Object.fromEntries(parts.map(({ name, salt, bytes }) => [name, hex(sha256(salt, bytes))]))
}

/** A report's bytes without its commitments. */
function uncommitted(bytes: Uint8Array): Uint8Array {
  const { parts: _parts, ...rest } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Report
  return canonicalBytes(rest)
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** `r-` and 26 characters of base 32 (RFC 4648, lower case): 130 bits of the content's hash. */
function derivedId(report: object): string {
  const digest = sha256(canonicalBytes(report))
  let bits = 0
  let held = 0
  let text = 'r-'
  for (const byte of digest) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5 && text.length < 28) {
      bits -= 5
      text += ALPHABET[(held >>> bits) & 31]
    }
    held &= 0xff
  }
  return text
}

let pool: Uint8Array = new Uint8Array(0)
let used = 0

/** Random bytes drawn from the system many salts at a time. */
function pooled(length: number): Uint8Array {
  if (used + length > pool.length) {
    pool = randomBytes(Math.max(4096, length))
    used = 0
  }
  const bytes = pool.subarray(used, used + length)
  used += length
  return bytes
}
