/** Saved states to test with, and what a snapshot of them turned out to be. */
import type { Expected, Saved, SavedInput, SectionId } from '../../src/log/snapshots.js'
import { position } from '../../src/time/position.js'

const LOG = 'a-log'

/** The leaf that a log has at a position. */
export const leafOf = (log: string, at: number): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, n) => (at * 31 + n * 7 + log.length) % 256)

export const CONTROL: SectionId = { name: 'control', revision: 2, code: 'c0de' }
export const ENGAGEMENTS: SectionId = { name: 'engagements', revision: 1, code: 'abcd' }

/** A state at a position of a log, of two sections with arrays of several types and lengths. */
export function stateAt(at: number, more: Partial<SavedInput> = {}): SavedInput {
  const instants = Float64Array.from({ length: 40 }, (_, n) => at * 1e12 + n / 3)
  const values = Int32Array.from({ length: 75 }, (_, n) => at * n - 9)
  return {
    log: LOG,
    position: position(at),
    leaf: leafOf(LOG, at),
    sections: [
      {
        ...CONTROL,
        arrays: new Map<string, ArrayBufferView>([
          ['latest', instants],
          ['value', values],
        ]),
      },
      {
        ...ENGAGEMENTS,
        arrays: new Map<string, ArrayBufferView>([
          ['names', new TextEncoder().encode(`Al-Hadher ${at} `.repeat(90))],
          ['none', new Uint8Array(0)],
        ]),
      },
    ],
    ...more,
  }
}

/** What a log of `head` entries reads with. */
export function expected(head: number, more: Partial<Expected> = {}): Expected {
  const leafAt = (at: number) => (at > head ? undefined : leafOf(LOG, at))
  return { log: LOG, sections: [CONTROL, ENGAGEMENTS], leafAt, ...more }
}

/** A state as plain text, whatever arrays it is held in. */
export function plainly(saved: Saved | SavedInput | null): string | null {
  if (saved === null) return null
  const hex = (view: ArrayBufferView) =>
    Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('hex')
  const sections = saved.sections.map(({ arrays, ...id }) => ({
    ...id,
    arrays: [...arrays].map(([name, view]) => [name, hex(view)]),
  }))
  return JSON.stringify([saved.log, saved.position, hex(saved.leaf), sections])
}
