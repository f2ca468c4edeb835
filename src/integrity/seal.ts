/**
 * Sealing: from a draft to what a log is handed, canonical bytes with their hash and salted parts
 * beside them. The report's hash knows nothing of any log (RULINGS 30, 31).
 */
import { RashomonError } from '../errors.js'
import type { Provenance, Sealed } from '../log/contract.js'
import { canonical } from '../report/canonical.js'
import type { Draft } from '../report/door.js'
import type { Part, Report } from '../report/types.js'
import { contentOf, piecesOf, wholeOf } from './canonical.js'
import { base32, sha256, sha256Hex, utf8 } from './hash.js'
import { random as chance, type Random, SALT_BYTES } from './salt.js'

const ID_LENGTH = 26

/** `SHA-256(salt || bytes)`: binds a report to a part without telling what it says. */
export function commitment(part: Pick<Part, 'salt' | 'bytes'>): string {
  const salted = new Uint8Array(part.salt.length + part.bytes.length)
  salted.set(part.salt)
  salted.set(part.bytes, part.salt.length)
  return sha256Hex(salted)
}

/** What sealing needs of a draft. */
type Unsealed = Pick<Draft, 'report' | 'texts' | 'hidden'>

/** A sealed report, and its commitments to its parts, by part, where it has any. */
interface Sealing {
  readonly sealed: Sealed
  readonly commitments: Report['parts']
}

/**
 * Seals a draft. Without an id it gets one derived from its canonical content, hideable parts
 * left out: never from clock or chance.
 *
 * @param random where salts come from
 */
export function seal(draft: Unsealed, random?: Random): Sealed {
  return sealing(draft, random).sealed
}

/** As `seal`, and answers the commitments as well. */
export function sealing({ report, texts, hidden }: Unsealed, random: Random = chance): Sealing {
  const parts: Part[] = []
  let commitments: Record<string, string> | undefined
  for (const name of Object.keys(hidden)) {
    const part = { name, salt: random(SALT_BYTES), bytes: utf8(canonical(hidden[name])) }
    parts.push(part)
    commitments ??= {}
    commitments[name] = commitment(part)
  }
  const pieces = piecesOf(report, texts)
  const id = report.id ?? derivedId(contentOf(pieces))
  const bytes = utf8(wholeOf(pieces, id, commitments))
  return { sealed: { id, bytes, hash: sha256(bytes), parts }, commitments }
}

/** The id that a report without one gets from the canonical form of its content. */
export function derivedId(content: string): string {
  return `r-${base32(sha256(content), ID_LENGTH)}`
}

/**
 * Seals a stored report again as it was exported, with what is readable of its parts.
 *
 * @throws `invalid-report` where a part is not the one that the report commits to.
 */
export function restoreSealed(report: Report, parts: readonly Part[], from?: Provenance): Sealed {
  for (const part of parts)
    if (part.salt.length !== SALT_BYTES || report.parts?.[part.name] !== commitment(part))
      throw new RashomonError(
        'invalid-report',
        `parts.${part.name}: is not the part that the report commits to; salt and bytes as exported would be right`,
        { place: { field: `parts.${part.name}` } },
      )
  const bytes = utf8(canonical(report))
  const again = { id: report.id, bytes, hash: sha256(bytes), parts }
  return from === undefined ? again : { ...again, from }
}

/** What two sealed forms of a report are compared by. */
export type Content = Pick<Sealed, 'bytes' | 'parts'>

/**
 * Whether two sealed reports say the same: equal but for salts, and so for commitments. A part
 * of which one side has nothing readable any more (it was redacted) is not held against it.
 */
export function sameContent(a: Content, b: Content): boolean {
  if (sameBytes(a.bytes, b.bytes)) return true
  const [left, right] = [withoutCommitments(a.bytes), withoutCommitments(b.bytes)]
  if (left.content !== right.content || left.names !== right.names) return false
  return a.parts.every((part) => {
    const other = b.parts.find(({ name }) => name === part.name)
    return other === undefined || sameBytes(part.bytes, other.bytes)
  })
}

function withoutCommitments(bytes: Uint8Array): { content: string; names: string } {
  const { parts = {}, ...report } = JSON.parse(new TextDecoder().decode(bytes)) as Report
  return { content: canonical(report), names: canonical(Object.keys(parts).sort()) }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0
}
