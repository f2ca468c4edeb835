/**
 * What lists a saved state: whose it is, up to where, and every array with its length and checksum.
 * Its own checksum stands beside it.
 */

import { endianness } from 'node:os'
import type { Position } from '../time/position.js'

/** Revision of the form of a saved state. */
const FORM = 1

export interface Head {
  readonly log: string
  readonly position: Position
  readonly leaf: Uint8Array
  readonly sections: readonly HeadSection[]
}

export interface HeadSection {
  readonly name: string
  readonly revision: number
  readonly code: string
  /** In the order of their numbers in the file, which count on from section to section. */
  readonly arrays: readonly HeadArray[]
}

export interface HeadArray {
  readonly name: string
  /** Length. */
  readonly bytes: number
  /** CRC-32 of the bytes. */
  readonly sum: number
}

export function encodeHead({ log, position, leaf, sections }: Head): Buffer {
  const hex = Buffer.from(leaf).toString('hex')
  const document = { form: FORM, order: endianness(), log, position, leaf: hex, sections }
  return Buffer.from(JSON.stringify(document))
}

/** Reads what `encodeHead` wrote; `null` for another form, or the byte order of another machine. */
export function decodeHead(bytes: Uint8Array): Head | null {
  const document = JSON.parse(Buffer.from(bytes).toString()) as Omit<Head, 'leaf'> & {
    readonly form: number
    readonly order: string
    readonly leaf: string
  }
  if (document.form !== FORM || document.order !== endianness()) return null
  const { log, position, leaf, sections } = document
  return { log, position, leaf: Uint8Array.from(Buffer.from(leaf, 'hex')), sections }
}

/** Whether two states are of the same projections, revisions and code, in whatever order. */
export function sameSections(a: readonly HeadSection[], b: readonly HeadSection[]): boolean {
  const names = (sections: readonly HeadSection[]) =>
    JSON.stringify(sections.map(({ name, revision, code }) => [name, revision, code]).sort())
  return names(a) === names(b)
}
