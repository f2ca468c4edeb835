/** SHA-256 and the texts it is printed as. */
import { hash } from 'node:crypto'

/** SHA-256 (FIPS 180-4) of bytes, or of text in UTF-8. */
export function sha256(data: Uint8Array | string): Uint8Array {
  return written(sha256Hex(data), 'hex', 32)
}

/** SHA-256 in lower-case hex. */
export function sha256Hex(data: Uint8Array | string): string {
  return hash('sha256', data, 'hex')
}

/** UTF-8 of a text. */
export function utf8(text: string): Uint8Array {
  return written(text, 'utf8', text.length * 3)
}

/** Room for what is small, taken in large pieces: memory of its own costs more than to fill it. */
const PIECE = 64 * 1024
let piece = Buffer.allocUnsafeSlow(PIECE)
let used = 0

/** Bytes of a text that takes `most` at the most, which nothing else is written to. */
function written(text: string, encoding: 'hex' | 'utf8', most: number): Uint8Array {
  if (most > PIECE / 8) {
    const { buffer, byteOffset, byteLength } = Buffer.from(text, encoding)
    return new Uint8Array(buffer, byteOffset, byteLength)
  }
  if (used + most > PIECE) {
    piece = Buffer.allocUnsafeSlow(PIECE)
    used = 0
  }
  const length = piece.write(text, used, encoding)
  used += length
  return new Uint8Array(piece.buffer, used - length, length)
}

/** Bytes in lower-case hex. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'

/** The first `length` characters of bytes in lower-case base 32 (RFC 4648's alphabet, five bits each). */
export function base32(bytes: Uint8Array, length: number): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5 && text.length < length) {
      bits -= 5
      text += LETTERS[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return text
}
