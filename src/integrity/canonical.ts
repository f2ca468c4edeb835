/**
 * Canonical form (RFC 8785) of what is hashed. A report's fields are written one by one, so that
 * the form without its id and parts, from which an id is derived, costs nothing more.
 */
import canonicalize from 'canonicalize'
import type { Report } from '../report/types.js'

const UTF8 = new TextEncoder()

/** Canonical JSON of a plain value. */
export function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('undefined has no canonical form')
  return text
}

/** Canonical JSON as bytes. */
export function canonicalBytes(value: unknown): Uint8Array {
  return UTF8.encode(canonical(value))
}

type Field = keyof Report

/** In the order of RFC 8785: `id` and `parts` stand apart. */
const BEFORE_ID: readonly Field[] = ['attribution', 'batch', 'claim', 'end']
const AFTER_PARTS: readonly Field[] = ['published', 'revision', 'start']

/** A report's canonical form in pieces: what stands before its id, and after its parts. */
export interface Pieces {
  readonly before: string
  readonly after: string
}

export function piecesOf(report: Omit<Report, 'id' | 'parts'>): Pieces {
  return {
    before: fields(report, BEFORE_ID),
    after: fields(report, AFTER_PARTS),
  }
}

/** Canonical form of what an id is derived from: the report without its id and hideable parts. */
export function contentOf({ before, after }: Pieces): string {
  return `{${joined(before, after)}}`
}

/** Canonical form of a whole report. */
export function wholeOf({ before, after }: Pieces, id: string, parts: Report['parts']): string {
  const own = `"id":${canonical(id)}`
  const committed = parts === undefined ? '' : `"parts":${canonical(parts)}`
  return `{${joined(before, own, committed, after)}}`
}

function fields(report: Omit<Report, 'id' | 'parts'>, names: readonly Field[]): string {
  let text = ''
  for (const name of names) {
    const value = (report as Report)[name]
    if (value !== undefined) text += `${text === '' ? '' : ','}"${name}":${canonical(value)}`
  }
  return text
}

function joined(...pieces: readonly string[]): string {
  return pieces.filter((piece) => piece !== '').join(',')
}
