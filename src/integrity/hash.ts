/** SHA-256 and the texts it is printed as. */
import { hash } from 'node:crypto'

/** SHA-256 (FIPS 180-4) of bytes, or of text in UTF-8. */
export function sha256(data: Uint8Array | string): Uint8Array {
  // By way of hex it costs less than as a buffer, which is given memory of its own.
  return plain(Buffer.from(sha256Hex(data), 'hex'))
}

/** SHA-256 in lower-case hex. */
export function sha256Hex(data: Uint8Array | string): string {
  return hash('sha256', typeof data === 'string' ? Buffer.from(data, 'utf8') : data, 'hex')
}

/** UTF-8 of a text. */
export function utf8(text: string): Uint8Array {
  return plain(Buffer.from(text, 'utf8'))
}

function plain({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
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
