/** SHA-256 and the texts it is printed as. */
import { hash } from 'node:crypto'

/** SHA-256 (FIPS 180-4) of bytes, or of text in UTF-8. */
export function sha256(data: Uint8Array | string): Uint8Array {
  return hash('sha256', data, 'buffer')
}

/** SHA-256 in lower-case hex. */
export function sha256Hex(data: Uint8Array | string): string {
  return hash('sha256', data, 'hex')
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
