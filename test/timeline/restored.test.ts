import { describe, expect, test } from 'vitest'
import { make } from '../../src/commit.js'
import type { Ledger } from '../../src/fold/ledger.js'
import { leafHash } from '../../src/integrity/leaf.js'
import { createMemoryLog } from '../../src/log/memory.js'
import { openDoor } from '../../src/report/door.js'
import { KINDS } from '../../src/report/kinds/all.js'
import { LIMITS } from '../../src/report/limits.js'
import type { SnapshotKeeper } from '../../src/snapshot.js'
import { State } from '../../src/state.js'
import { instant } from '../../src/time/instant.js'

const CONTEXT = { zoneOf: () => undefined, reportOf: () => undefined }

/** A state whose snapshots are restored by `restore`, of a log that held one place before. */
function stateOf(restore: (ledger: Ledger) => number[] | null) {
  const door = openDoor({ kinds: KINDS, limits: LIMITS, rules: 'test' })
  const log = createMemoryLog({ leafHash })
  const { sealed } = make(door.read({ claim: { kind: 'place', place: 'town' } }, CONTEXT))
  const [entry] = log.transact((transaction) => transaction.append([sealed], instant(0)))
  const snapshots = { restore } as unknown as SnapshotKeeper
  const state = new State({ log, door, projections: [], snapshots })
  return { state, entry: entry! }
}

describe('what is restored', () => {
  test('may hold more commits than fit into the arguments of a call', () => {
    const commits = Array.from({ length: 300_000 }, (_, i) => i + 1)
    // The log's own commit is taken after them.
    const { state } = stateOf(() => commits)
    expect([...state.commitsAfter(0)].slice(-3)).toEqual([299_999, 300_000, 1])
  })

  test('is taken whole or not at all, and what failed is read from the log', () => {
    let fails = false
    const { state, entry } = stateOf((ledger) => {
      if (!fails) return null
      const { report } = state.tell(entry)
      ledger.apply({ position: entry.position, stamp: instant(0), recorded: instant(0), report })
      throw new Error('the disk is gone')
    })
    fails = true
    expect(() => state.rebuild()).toThrow('the disk is gone')
    expect([state.head, state.unsaved]).toEqual([0, 0])
    state.follow()
    expect([state.head, state.knows('place', 'town')]).toEqual([1, true])
  })
})
