/** The bytes of a table's file: taken out of gzip where they are in it, cut between characters, held to UTF-8. */
import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { isRashomonError, RashomonError } from '../../errors.js'
import { unreadable } from '../unreadable.js'

const CHUNK = 32 * 1024

const GZIP = [0x1f, 0x8b]
const UTF16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
]

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte)
}

/** The bytes of a file, taken out of gzip where they are in it, whatever the file is called. */
export async function* bytesOf(
  file: string,
  onBytes: ((bytes: number) => void) | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  const raw = rawBytes(file, onBytes)
  const { value: first, done } = await raw.next()
  if (done) return
  const all = joined(first, raw)
  if (!begins(first, GZIP)) {
    if (/\.gz$/i.test(file))
      throw new RashomonError(
        'invalid-csv',
        'is named as gzip and is none; a gzip would be right, or another name',
      )
    yield* all
    return
  }
  const gunzip = createGunzip({ chunkSize: CHUNK })
  pipeline(Readable.from(all), gunzip, () => {})
  try {
    yield* gunzip as AsyncIterable<Buffer>
  } catch (cause) {
    if (isRashomonError(cause)) throw cause
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new RashomonError(
      'invalid-csv',
      `the gzip is damaged (${said}); a whole one would be right`,
      {
        cause,
      },
    )
  }
}

async function* joined(
  first: Buffer,
  others: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  yield first
  yield* others
}

async function* rawBytes(
  file: string,
  onBytes: ((bytes: number) => void) | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) {
      onBytes?.((chunk as Buffer).length)
      yield chunk as Buffer
    }
  } catch (error) {
    throw unreadable(file, error)
  }
}

/** Bytes that end with a whole character, and whether they are UTF-8; a mark of byte order is passed over. */
export async function* textOf(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<{ bytes: Buffer; sound: boolean }, void, undefined> {
  let held: Buffer = Buffer.alloc(0)
  let begun = false
  for await (const chunk of chunks) {
    let bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    if (!begun) {
      if (UTF16.some((mark) => begins(bytes, mark)))
        throw new RashomonError(
          'invalid-csv',
          'is in UTF-16; the same saved as UTF-8 would be right',
        )
      if (begins(bytes, [0xef, 0xbb, 0xbf])) bytes = bytes.subarray(3)
      begun = true
    }
    const end = wholeEnd(bytes)
    held = bytes.subarray(end)
    const whole = bytes.subarray(0, end)
    if (whole.length > 0) yield { bytes: whole, sound: isUtf8(whole) }
  }
  if (held.length > 0) yield { bytes: held, sound: isUtf8(held) }
}

/** Where the last character that is there whole ends. */
function wholeEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return wanted > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}
