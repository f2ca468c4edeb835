/** SHA-256 and canonical bytes (RFC 8785): what is stored is what is hashed. */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

const encoder = new TextEncoder()

export function sha256(...chunks: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest()
}

/** The canonical form of a plain JSON value, in UTF-8. */
export function canonicalBytes(value: object | string | number | boolean | null): Uint8Array {
  return encoder.encode(canonicalize(value) as string)
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}
