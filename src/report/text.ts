/** Documents as bytes and text: decoding, and rows and columns for messages. */
import { RashomonError } from '../errors.js'
import type { Limits } from './limits.js'

export interface Spot {
  /** Both from 1; columns count characters. */
  readonly row: number
  readonly column: number
}

export interface JsonOptions {
  readonly limits: Limits
  /** Row of the text's first line in its file; 1 unless given. */
  readonly row?: number
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const LENIENT = new TextDecoder('utf-8', { ignoreBOM: true })

/** Text of bytes in UTF-8; text as it is.
 *
 * @throws `invalid-json` where the bytes are no UTF-8, `too-large` beyond `limits.body`.
 */
export function decodeText(text: string | Uint8Array, options: JsonOptions): string {
  if (typeof text === 'string') return text
  if (text.length > options.limits.body) throw tooLong(text.length, options)
  try {
    return UTF8.decode(text)
  } catch (cause) {
    const lenient = LENIENT.decode(text)
    const spot = spotIn(lenient, Math.max(0, lenient.indexOf('\ufffd')), options.row)
    throw new RashomonError(
      'invalid-json',
      'bytes that are no UTF-8; text in UTF-8 would be right',
      { place: { ...spot }, cause },
    )
  }
}

/** `too-large` for a whole document. */
export function tooLong(bytes: number, { limits, row = 1 }: JsonOptions): RashomonError {
  return new RashomonError(
    'too-large',
    `a document of ${bytes} bytes; at most ${limits.body} would be right`,
    { place: { row, column: 1 } },
  )
}

/** Row and column of an offset in a text. */
export function spotIn(text: string, offset: number, firstRow = 1): Spot {
  let row = firstRow
  let start = 0
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', start)) {
    row++
    start = end + 1
  }
  return { row, column: [...text.slice(start, offset)].length + 1 }
}
