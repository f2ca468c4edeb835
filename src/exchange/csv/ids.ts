/**
 * Ids made of what a row says: legal ids of any text, and the ids of reports whose template gives
 * none, derived from the row's own content, so that a file twice adds nothing twice.
 */
import { hash } from 'node:crypto'

/** Bytes that an id may have. */
const LONGEST = 200
/** Marks that stand for a sound or a glottal stop in names, and are no part of a word's beginning. */
const APOSTROPHES = /['’‘ʼʿʾ`´]/gu
const BETWEEN = /[^\p{L}\p{N}\p{M}]+/gu
/** Digits of a hash that tell apart what was cut. */
const TOLD_BY = 10

/**
 * A legal id of a text: lower case, letters and digits of any script with dashes between, behind a
 * prefix. What is too long for an id is cut and told apart by its hash; what has no letter is it.
 */
export function idOf(text: string, prefix = ''): string {
  const slug = text
    .normalize('NFC')
    .toLowerCase()
    .replace(APOSTROPHES, '')
    .replace(BETWEEN, '-')
    .replace(/^-|-$/g, '')
    .normalize('NFC')
  const id = prefix + slug
  if (slug !== '' && Buffer.byteLength(id) <= LONGEST) return id
  const told = hash('sha256', text).slice(0, TOLD_BY)
  if (slug === '') return `${prefix}x-${told}`
  let cut = ''
  for (const letter of id) {
    if (Buffer.byteLength(cut + letter) > LONGEST - TOLD_BY - 1) break
    cut += letter
  }
  return `${cut}-${told}`
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const ID_LENGTH = 26

/** One `Map` holds some sixteen million keys; more files than one may be larger. */
const SHARDS = 16

/**
 * Derives ids within one file. What a report is told by is its content: the texts given, in order;
 * equal contents are told apart by how many came before.
 */
export class RowIds {
  readonly #counts = Array.from({ length: SHARDS }, () => new Map<number, number>())

  /** The id of a content, the n-th equal one in this file. */
  next(content: readonly string[]): string {
    let text = ''
    for (const one of content) text += `${one.length}:${one}`
    const digest = hash('sha256', text, 'buffer')
    const shard = this.#counts[digest[8]! % SHARDS]!
    const key = digest.readUIntBE(0, 6)
    const count = (shard.get(key) ?? 0) + 1
    shard.set(key, count)
    const told =
      count === 1 ? digest : hash('sha256', `${count}:${digest.toString('hex')}`, 'buffer')
    return `row-${base32(told)}`
  }
}

function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (let at = 0; text.length < ID_LENGTH; ) {
    if (bits < 5) {
      held = ((held << 8) | bytes[at++]!) & 0xfff
      bits += 8
    }
    bits -= 5
    text += ALPHABET[(held >> bits) & 31]
  }
  return text
}
