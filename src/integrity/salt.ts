/** Salts for parts: 16 bytes of chance each, drawn from a pool so that a salt costs no system call. */
import { randomFillSync } from 'node:crypto'

/** Where chance comes from; tests give their own. */
export type Random = (bytes: number) => Uint8Array

export const SALT_BYTES = 16
const POOL_BYTES = 4096

/** A source of random bytes that are never handed out twice. */
export function pooled(): Random {
  let pool = new Uint8Array(0)
  let used = 0
  return (bytes) => {
    if (bytes > POOL_BYTES) return randomFillSync(new Uint8Array(bytes))
    if (used + bytes > pool.length) {
      pool = randomFillSync(new Uint8Array(POOL_BYTES))
      used = 0
    }
    used += bytes
    return pool.slice(used - bytes, used)
  }
}

export const random = pooled()
