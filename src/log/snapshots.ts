/**
 * Saved states of projections, in a file beside the log. Nothing hangs on it: a state is used only
 * where it is whole and is this log's, anything else is passed over, and the file may be removed at
 * any time.
 *
 *   write ▶ BEGIN ▶ arrays, then the head that lists them with their checksums ▶ older ones ▶ COMMIT
 *   read  ▶ head: checksum, log, position and leaf, sections as expected ▶ arrays: checksums ▶ state
 *
 * A section belongs to one projection, revision and code hash. A state of other sections does not
 * take the place of the one before: it is written beside it, and the newest that fits is read, so
 * that two programs on one log do not throw out each other's. The room of what was dropped is kept
 * for what comes next, so that the file is about twice as large as what it holds.
 */

import { crc32 } from 'node:zlib'
import type { Position } from '../time/position.js'
import {
  type Fault,
  faultOf,
  forgetFile,
  openSnapshotFile,
  type SnapshotFile,
  sizeOf,
} from './snapshot-file.js'
import { decodeHead, encodeHead, type Head, sameSections } from './snapshot-head.js'

/** What a section belongs to. */
export interface SectionId {
  /** Name of the projection, or of the part of the engine whose state it is. */
  readonly name: string
  readonly revision: number
  /** Tells the code that made it. */
  readonly code: string
}

export interface Section extends SectionId {
  /** Columns and tables by name; as read, each at the start of an ArrayBuffer of its own. */
  readonly arrays: ReadonlyMap<string, Uint8Array>
}

/** The state of projections up to and with a position. */
export interface Saved {
  /** The log's id. */
  readonly log: string
  readonly position: Position
  /** Hash of the leaf at that position. */
  readonly leaf: Uint8Array
  readonly sections: readonly Section[]
}

/** What a reader can use. */
export interface Expected {
  readonly log: string
  /** Sections in use; others are not read. */
  readonly sections: readonly SectionId[]
  /** Hash of the leaf that the log has at a position; `undefined` behind its head. */
  readonly leafAt: (position: Position) => Uint8Array | undefined
}

/** What became of a write. */
export type Written =
  | { readonly kind: 'written'; readonly bytes: number }
  /** Nothing changed: whatever was saved before still is, and the log is untouched. */
  | { readonly kind: 'failed'; readonly why: string }

/** A saved state as it is listed. */
export interface SavedHead {
  readonly log: string
  readonly position: Position
  readonly leaf: Uint8Array
  readonly sections: readonly (SectionId & { readonly bytes: number })[]
}

/** What lies beside a log. */
export interface SnapshotSurvey {
  /** `foreign` is a file of that name that is no snapshot, and is left alone. */
  readonly kind: 'none' | 'foreign' | 'unreadable' | 'snapshot'
  /** Bytes on the disk. */
  readonly size: number
  /** Newest first; those whose head is damaged are left out, arrays are not looked at. */
  readonly states: readonly SavedHead[]
}

export interface Snapshots {
  /**
   * The state that fits best: that with most of the sections expected, of those the newest; with
   * those sections alone. `null` where none is saved, whole and of this log, or where the file
   * cannot be read; never an error of the store.
   */
  read(expected: Expected): Saved | null
  /**
   * Saves a state in one transaction. It takes the place of the one with the same sections, and
   * leaves one with others beside it. Values of any typed array are taken byte for byte.
   */
  write(saved: SavedInput): Written
  survey(): SnapshotSurvey
  /** Removes the file; whether one is gone. A foreign file stays. */
  forget(): boolean
  close(): void
}

/** A state to be saved. */
export interface SavedInput extends Omit<Saved, 'sections'> {
  readonly sections: readonly SectionInput[]
}

export interface SectionInput extends SectionId {
  readonly arrays: ReadonlyMap<string, ArrayBufferView>
}

export interface SnapshotOptions {
  /** Bytes of a page of a new file. */
  readonly pageSize?: number
}

/** Large arrays are read a third faster from large pages. */
const PAGE_SIZE = 65_536

/** States of other sections that stay beside a new one. */
const BESIDE = 1

/** The file that belongs to a log's file. */
export const snapshotFileOf = (log: string): string => `${log}.snapshot`

/** The snapshots in `file`, which is made by the first write and need not be there. */
export function openSnapshots(file: string, options: SnapshotOptions = {}): Snapshots {
  const pageSize = options.pageSize ?? PAGE_SIZE
  let open: SnapshotFile | undefined

  const shut = () => {
    open?.close()
    open = undefined
  }
  /** The file as it lies there now; one that was replaced is opened anew. */
  const reach = (create: boolean): SnapshotFile | null => {
    if (open !== undefined && !open.isCurrent()) shut()
    open ??= openSnapshotFile({ file, create, pageSize }) ?? undefined
    return open ?? null
  }
  /** Asks the file; what it fails with is told in words, and it is opened anew the next time. */
  const ask = <T>(work: () => T, failed: (fault: Fault) => T): T => {
    try {
      return work()
    } catch (error) {
      shut()
      const fault = faultOf(error)
      if (fault === undefined) throw error
      return failed(fault)
    }
  }

  const tryWrite = (saved: SavedInput): Written & { readonly damaged?: boolean } =>
    ask<Written & { readonly damaged?: boolean }>(
      () => {
        const target = reach(true)
        if (target === null) return { kind: 'failed', why: 'another file has its name' }
        return { kind: 'written', bytes: target.transact(() => insert(target, saved)) }
      },
      ({ why, damaged }) => ({ kind: 'failed', why, damaged }),
    )

  return {
    read: (expected) =>
      ask(
        () => {
          const source = reach(false)
          return source === null ? null : source.reading(() => bestOf(source, expected))
        },
        () => null,
      ),
    write: (saved) => {
      const { damaged, ...first } = tryWrite(saved)
      // Nothing in a damaged file could be used: a new one takes its place.
      if (damaged !== true || !forgetFile(file)) return first
      const { damaged: _, ...second } = tryWrite(saved)
      return second
    },
    survey: () =>
      ask<SnapshotSurvey>(
        () => {
          const source = reach(false)
          const size = sizeOf(file)
          if (source === null)
            return { kind: size === null ? 'none' : 'foreign', size: size ?? 0, states: [] }
          return { kind: 'snapshot', size: size ?? 0, states: source.reading(() => listed(source)) }
        },
        () => ({ kind: 'unreadable', size: sizeOf(file) ?? 0, states: [] }),
      ),
    forget: () => {
      shut()
      return forgetFile(file)
    },
    close: shut,
  }
}

/** Writes arrays and head of a state, then drops what it takes the place of; bytes of its arrays. */
function insert(target: SnapshotFile, saved: SavedInput): number {
  const state = target.nextState()
  let bytes = 0
  let number = 0
  const sections = saved.sections.map(({ name, revision, code, arrays }) => ({
    name,
    revision,
    code,
    arrays: [...arrays].map(([array, view]) => {
      const content = Buffer.from(view.buffer, view.byteOffset, view.byteLength)
      target.insertArray(state, number++, content)
      bytes += content.length
      return { name: array, bytes: content.length, sum: crc32(content) }
    }),
  }))
  const { log, position, leaf } = saved
  const head = { log, position, leaf, sections }
  const encoded = encodeHead(head)
  // Before anything goes: pages that were free already need no journal.
  target.insertHead(state, encoded, crc32(encoded))
  let beside = 0
  for (const other of heads(target)) {
    if (other.state === state) continue
    const stays =
      other.head !== null &&
      other.head.log === log &&
      !sameSections(other.head.sections, sections) &&
      beside < BESIDE
    if (stays) beside++
    else target.remove(other.state)
  }
  return bytes
}

interface Numbered {
  readonly state: number
  /** `null` where it is damaged. */
  readonly head: Head | null
}

/** Heads in the file, newest first. */
function heads(source: SnapshotFile): Numbered[] {
  return source.heads().map(({ state, head, sum }) => ({
    state,
    head: crc32(head) === sum ? decodeHead(head) : null,
  }))
}

function listed(source: SnapshotFile): SavedHead[] {
  return heads(source).flatMap(({ head }) => {
    if (head === null) return []
    const sections = head.sections.map(({ name, revision, code, arrays }) => ({
      name,
      revision,
      code,
      bytes: arrays.reduce((sum, array) => sum + array.bytes, 0),
    }))
    return [{ log: head.log, position: head.position, leaf: head.leaf, sections }]
  })
}

function bestOf(source: SnapshotFile, expected: Expected): Saved | null {
  const fitting = heads(source).flatMap(({ state, head }) => {
    if (head === null || head.log !== expected.log) return []
    const leaf = expected.leafAt(head.position)
    if (leaf === undefined || Buffer.compare(leaf, head.leaf) !== 0) return []
    const wanted = expected.sections.filter((id) => head.sections.some((one) => isOf(one, id)))
    return wanted.length === 0 ? [] : [{ state, head, fit: wanted.length }]
  })
  fitting.sort((a, b) => b.fit - a.fit || b.head.position - a.head.position || b.state - a.state)
  for (const { state, head } of fitting) {
    const sections = sectionsOf(source, state, head, expected)
    if (sections === null) continue
    return { log: head.log, position: head.position, leaf: head.leaf, sections }
  }
  return null
}

/** The sections in use; `null` when an array of theirs is not as it was written. */
function sectionsOf(
  source: SnapshotFile,
  state: number,
  head: Head,
  expected: Expected,
): Section[] | null {
  const sections: Section[] = []
  let first = 0
  for (const { arrays, ...id } of head.sections) {
    const from = first
    first += arrays.length
    if (!expected.sections.some((wanted) => isOf(id, wanted))) continue
    const read = new Map<string, Uint8Array>()
    for (const [index, { name, bytes, sum }] of arrays.entries()) {
      const content = source.array(state, from + index)
      if (content?.length !== bytes || crc32(content) !== sum) return null
      read.set(name, standingAlone(content))
    }
    sections.push({ ...id, arrays: read })
  }
  return sections
}

/** The bytes at the start of an ArrayBuffer that holds nothing else, so that any view fits on it. */
function standingAlone(content: Buffer): Uint8Array {
  const alone = content.byteOffset === 0 && content.buffer.byteLength === content.length
  return alone ? new Uint8Array(content.buffer) : Uint8Array.from(content)
}

function isOf(section: SectionId, wanted: SectionId): boolean {
  return (
    section.name === wanted.name &&
    section.revision === wanted.revision &&
    section.code === wanted.code
  )
}
