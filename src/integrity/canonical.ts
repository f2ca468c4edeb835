/**
 * A report's canonical form. Its fields are written one by one, so that the form without its id
 * and parts, from which an id is derived, costs nothing more.
 */
import { canonical } from '../report/canonical.js'
import type { Texts } from '../report/door.js'
import type { Report } from '../report/types.js'

type Field = keyof Report

/** In the order of RFC 8785: `id` and `parts` stand apart. */
const BEFORE_ID: readonly Field[] = ['attribution', 'batch', 'claim', 'end']
const AFTER_PARTS: readonly Field[] = ['published', 'revision', 'start']

/** A report's canonical form in pieces: what stands before its id, and after its parts; neither is empty. */
export interface Pieces {
  readonly before: string
  readonly after: string
}

/** @param texts canonical texts of its fields, as far as they are at hand */
export function piecesOf(report: Omit<Report, 'id' | 'parts'>, texts: Texts = {}): Pieces {
  return {
    before: fields(report, texts, BEFORE_ID),
    after: fields(report, texts, AFTER_PARTS),
  }
}

/** Canonical form of what an id is derived from: the report without its id and hideable parts. */
export function contentOf({ before, after }: Pieces): string {
  return `{${before},${after}}`
}

/** Canonical form of a whole report. */
export function wholeOf({ before, after }: Pieces, id: string, parts: Report['parts']): string {
  const committed = parts === undefined ? '' : `"parts":${canonical(parts)},`
  return `{${before},"id":${canonical(id)},${committed}${after}}`
}

function fields(
  report: Omit<Report, 'id' | 'parts'>,
  texts: Texts,
  names: readonly Field[],
): string {
  let text = ''
  for (const name of names) {
    const value = (report as Report)[name]
    if (value === undefined) continue
    text += `${text === '' ? '' : ','}"${name}":${texts[name] ?? canonical(value)}`
  }
  return text
}
