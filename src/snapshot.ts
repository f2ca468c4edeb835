/**
 * Snapshots of all projections: what a process holds in memory of its log, saved beside it and taken
 * over at the next opening, so that only the entries since are folded. Disposable: where none fits
 * the log and the code, the log is folded from its first entry.
 */
import { RashomonError } from './errors.js'
import type { Ledger } from './fold/ledger.js'
import type { Projection } from './fold/projection.js'
import { REVISION, restoreLedger, restoreStore, saveLedger, saveStore } from './fold/saved.js'
import type { Store } from './fold/store.js'
import { sha256Hex } from './integrity/hash.js'
import type { Log } from './log/contract.js'
import type { Section, SectionId, SnapshotSurvey, Snapshots } from './log/snapshots.js'
import { type Position, position } from './time/position.js'

/** What was saved. */
export interface Snapshot {
  /** The newest position that it holds. */
  readonly position: number
  readonly bytes: number
}

const ROLL: SectionId = { name: ' roll', revision: REVISION, code: 'engine' }

export class SnapshotKeeper {
  readonly #log: Log
  readonly #snapshots: Snapshots
  /** Position of the state last read or written; 0 where there is none. */
  #newest = 0

  constructor(log: Log, snapshots: Snapshots) {
    this.#log = log
    this.#snapshots = snapshots
  }

  get newest(): number {
    return this.#newest
  }

  /**
   * Takes the saved state into a ledger to which nothing was applied yet; answers the ends of the
   * commits it holds, or `null` where there is none to take: the ledger is then not to be used.
   */
  restore(ledger: Ledger): number[] | null {
    const stores = [...ledger.stores]
    const saved = this.#snapshots.read({
      log: this.#log.id,
      sections: [ROLL, ...stores.map(({ projection }) => sectionOf(projection))],
      leafAt: (at) => this.#log.at(at)?.leaf,
    })
    if (saved === null) return null
    const sections = new Map(saved.sections.map((section) => [section.name, section]))
    const roll = sections.get(ROLL.name)
    if (roll === undefined || stores.some(({ projection }) => !sections.has(projection.name)))
      return null
    try {
      restoreLedger(ledger, arraysOf(roll))
      for (const store of stores)
        restoreStore(store, arraysOf(sections.get(store.projection.name)!))
    } catch (error) {
      // Arrays that are not there or do not fit: saved by code that told no other revision.
      if (error instanceof RangeError) return null
      throw error
    }
    this.#newest = saved.position
    return [...new Int32Array(arraysOf(roll).get('commits')!.buffer)]
  }

  /** Saves the state of a ledger, all projections in one transaction. */
  save(ledger: Ledger, commits: readonly number[]): Snapshot {
    const at = ledger.head
    const sections = [...ledger.stores].map((store: Store) => ({
      ...sectionOf(store.projection),
      arrays: saveStore(ledger, store),
    }))
    const roll = new Map([...saveLedger(ledger), ['commits', Int32Array.from(commits)] as const])
    const written = this.#snapshots.write({
      log: this.#log.id,
      position: at,
      leaf: this.#leafAt(at),
      sections: [{ ...ROLL, arrays: roll }, ...sections],
    })
    if (written.kind === 'failed')
      throw new RashomonError(
        'snapshot-failed',
        `the snapshot was not written: ${written.why}; the log is as it was, and is read without one`,
      )
    this.#newest = at
    return { position: at, bytes: written.bytes }
  }

  survey(): SnapshotSurvey {
    return this.#snapshots.survey()
  }

  /** Removes what is saved; whether anything was. */
  forget(): boolean {
    this.#newest = 0
    return this.#snapshots.forget()
  }

  close(): void {
    this.#snapshots.close()
  }

  #leafAt(at: Position): Uint8Array {
    return at === 0 ? new Uint8Array() : this.#log.at(position(at))!.leaf
  }
}

/** A state belongs to a projection, its revision, and the code that it is written in. */
function sectionOf(projection: Projection): SectionId {
  const { name, revision, reads } = projection
  const code =
    projection.type === 'register'
      ? [projection.facets, String(projection.sets), String(projection.alternatives)]
      : [String(projection.keys)]
  return { name, revision, code: sha256Hex(JSON.stringify([REVISION, reads, code])).slice(0, 32) }
}

function arraysOf({ arrays }: Section): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  return arrays as ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}
