/** Saved states: read back as they were written, or passed over. */
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fc, test as property } from '@fast-check/vitest'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openSnapshots, type SectionId, snapshotFileOf } from '../../src/log/snapshots.js'
import { position } from '../../src/time/position.js'
import { CONTROL, ENGAGEMENTS, expected, leafOf, plainly, stateAt } from './snapshot-support.js'
import { commit, folder, openLog } from './support.js'

const PAGE = { pageSize: 1024 }

function opened(file = join(folder(), 'log.db.snapshot')) {
  const snapshots = openSnapshots(file, PAGE)
  onTestFinished(() => snapshots.close())
  return { file, snapshots }
}

/** Snapshots that hold the state at a position. */
function holding(at: number) {
  const made = opened()
  expect(made.snapshots.write(stateAt(at)).kind).toBe('written')
  return made
}

/** Changes a file by other means, while nobody has it open. */
function tamper(file: string, ...statements: readonly string[]) {
  const raw = new Database(file)
  raw.unsafeMode()
  for (const statement of statements) raw.exec(statement)
  raw.close()
}

describe('a saved state', () => {
  property.prop(
    [
      fc.uniqueArray(
        fc.tuple(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 5000 })),
        {
          selector: ([name]) => name,
          maxLength: 6,
        },
      ),
      fc.integer({ min: 1 }),
      fc.string({ unit: 'grapheme' }),
    ],
    { numRuns: 40 },
  )('comes back byte for byte, each array on its own', (arrays, at, log) => {
    const { snapshots } = opened()
    const sections = [{ ...CONTROL, arrays: new Map(arrays) }]
    const state = stateAt(1, { position: position(at), log, sections })
    expect(snapshots.write(state)).toEqual({
      kind: 'written',
      bytes: arrays.reduce((sum, [, bytes]) => sum + bytes.length, 0),
    })
    const read = snapshots.read({ log, sections: [CONTROL], leafAt: () => leafOf('a-log', 1) })
    expect(plainly(read)).toBe(plainly(state))
    for (const view of read!.sections[0]!.arrays.values()) {
      expect(view.byteOffset).toBe(0)
      expect(view.buffer.byteLength).toBe(view.byteLength)
    }
  })

  test('fits typed arrays again, and is taken from the part of a slab that is in use', () => {
    const { snapshots } = opened()
    const slab = Float64Array.from([1.5, -2.5, Number.NaN, 4])
    const arrays = new Map([['latest', slab.subarray(1, 3)]])
    snapshots.write(stateAt(3, { sections: [{ ...CONTROL, arrays }] }))
    const read = snapshots.read(expected(3))!.sections[0]!.arrays.get('latest')!
    expect([...new Float64Array(read.buffer)]).toEqual([-2.5, Number.NaN])
  })

  test('is for the owner alone, and is found by another opening', () => {
    const { file, snapshots } = holding(5)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(plainly(opened(file).snapshots.read(expected(9)))).toBe(plainly(stateAt(5)))
    expect(plainly(snapshots.read(expected(9)))).toBe(plainly(stateAt(5)))
  })

  test('gives way to a newer one of the same sections', () => {
    const { file, snapshots } = holding(5)
    for (const at of [6, 7, 8]) snapshots.write(stateAt(at))
    expect(plainly(snapshots.read(expected(9)))).toBe(plainly(stateAt(8)))
    expect(snapshots.survey().states.map((state) => state.position)).toEqual([8])
    // What was dropped makes room for what comes.
    const { size } = statSync(file)
    for (const at of [9, 10, 11]) snapshots.write(stateAt(at))
    expect(statSync(file).size).toBe(size)
  })
})

describe('passed over is a state', () => {
  test('where there is none', () => {
    const { file, snapshots } = opened()
    expect(snapshots.read(expected(9))).toBeNull()
    expect(existsSync(file)).toBe(false)
    expect(snapshots.survey()).toEqual({ kind: 'none', size: 0, states: [] })
    expect(snapshots.forget()).toBe(false)
    writeFileSync(file, '')
    expect(snapshots.read(expected(9))).toBeNull()
    expect(statSync(file).size).toBe(0)
  })

  test('of another log, of a log that was cut short, and of one that went on otherwise', () => {
    const { snapshots } = holding(5)
    expect(snapshots.read(expected(9, { log: 'b-log' }))).toBeNull()
    expect(snapshots.read(expected(4))).toBeNull()
    expect(snapshots.read(expected(9, { leafAt: () => leafOf('a-log', 6) }))).toBeNull()
    expect(snapshots.read(expected(9, { leafAt: () => new Uint8Array(0) }))).toBeNull()
    expect(snapshots.read(expected(5))).not.toBeNull()
  })

  test('beside the log that it was made of, put back to an earlier copy', () => {
    const file = join(folder(), 'log.db')
    const earlier = `${file}.copy`
    const log = openLog(file)
    commit(log, ['a', 'b'])
    log.close()
    copyFileSync(file, earlier)
    const later = openLog(file)
    commit(later, ['c'])
    const { snapshots } = opened(snapshotFileOf(file))
    const { id } = later
    const sections = stateAt(1).sections
    const ofLog = (each: typeof later) => ({
      log: id,
      sections: [CONTROL],
      leafAt: (at: number) => each.at(position(at))?.leaf,
    })
    snapshots.write({ log: id, position: position(3), leaf: later.at(position(3))!.leaf, sections })
    expect(snapshots.read(ofLog(later))).not.toBeNull()
    later.close()
    copyFileSync(earlier, file)
    const back = openLog(file)
    expect(snapshots.read(ofLog(back))).toBeNull()
    commit(back, ['d', 'e'])
    expect(snapshots.read(ofLog(back))).toBeNull()
  })

  test('of a file that is no snapshot, which is left as it is', () => {
    const { file, snapshots } = opened()
    for (const content of ['notes of mine\n', 'x'.repeat(5000)]) {
      writeFileSync(file, content)
      expect(snapshots.read(expected(9))).toBeNull()
      expect(snapshots.write(stateAt(5))).toMatchObject({ kind: 'failed' })
      expect(snapshots.forget()).toBe(false)
      expect(snapshots.survey().kind).toBe('foreign')
      expect(readFileSync(file, 'utf8')).toBe(content)
    }
  })

  test('of a copy of the log that has its name, which is left as it is', () => {
    const log = join(folder(), 'log.db')
    commit(openLog(log), ['a'])
    const { file, snapshots } = opened(snapshotFileOf(log))
    copyFileSync(log, file)
    const before = readFileSync(file)
    expect(snapshots.read(expected(9))).toBeNull()
    expect(snapshots.write(stateAt(5)).kind).toBe('failed')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('while another process writes it for long, and the write of another fails', () => {
    const { file, snapshots } = holding(5)
    const other = new Database(file)
    other.exec('BEGIN EXCLUSIVE')
    expect(snapshots.read(expected(9))).toBeNull()
    expect(snapshots.write(stateAt(6))).toMatchObject({ kind: 'failed' })
    expect(snapshots.survey().kind).toBe('unreadable')
    other.exec('COMMIT')
    other.close()
    expect(plainly(snapshots.read(expected(9)))).toBe(plainly(stateAt(5)))
    expect(snapshots.write(stateAt(6)).kind).toBe('written')
  })

  test.for([
    ['an array is missing', 'DELETE FROM arrays WHERE number = 1'],
    ['an array is another', 'UPDATE arrays SET bytes = zeroblob(300) WHERE number = 1'],
    ['two arrays are exchanged', 'UPDATE arrays SET number = 9 - number WHERE number IN (0, 1)'],
    ['the head is another', 'UPDATE states SET head = zeroblob(300)'],
    [
      'the head is of another array',
      "UPDATE states SET head = CAST(replace(CAST(head AS TEXT), 'latest', 'oldest') AS BLOB)",
    ],
    ['the schema is another', 'ALTER TABLE arrays ADD COLUMN more INTEGER'],
  ] as const)('where %s; the next write mends it', ([, statement]) => {
    const { file, snapshots } = holding(5)
    snapshots.close()
    tamper(file, statement)
    expect(snapshots.read(expected(9))).toBeNull()
    expect(snapshots.write(stateAt(6)).kind).toBe('written')
    expect(plainly(snapshots.read(expected(9)))).toBe(plainly(stateAt(6)))
  })

  test('where the file was cut at any page', () => {
    const { file, snapshots } = holding(5)
    snapshots.close()
    const whole = readFileSync(file)
    for (let size = 1; size < whole.length; size += 512) {
      writeFileSync(file, whole.subarray(0, size))
      const own = openSnapshots(file, PAGE)
      expect(own.read(expected(9)), `${size} bytes`).toBeNull()
      if (size > 100) expect(own.write(stateAt(6)).kind, `${size} bytes`).toBe('written')
      own.close()
    }
  })
})

describe('sections', () => {
  const OTHER: SectionId = { ...CONTROL, code: 'another' }
  const LATER: SectionId = { ...CONTROL, revision: 3 }
  const only = (id: SectionId, at: number) =>
    stateAt(at, { sections: [{ ...id, arrays: new Map([['at', Uint8Array.of(at)]]) }] })

  test('of another name, revision or code are not used', () => {
    const { snapshots } = holding(5)
    for (const sections of [[OTHER], [LATER], [{ ...CONTROL, name: 'presence' }], []])
      expect(snapshots.read(expected(9, { sections }))).toBeNull()
    const read = snapshots.read(expected(9, { sections: [OTHER, ENGAGEMENTS] }))
    expect(read!.sections.map((section) => section.name)).toEqual(['engagements'])
  })

  test('of another code are built beside those in use, which stay until then and after', () => {
    const { snapshots } = opened()
    snapshots.write(only(CONTROL, 5))
    snapshots.write(only(OTHER, 7))
    const at = (id: SectionId) => snapshots.read(expected(9, { sections: [id] }))?.position
    expect([at(CONTROL), at(OTHER)]).toEqual([5, 7])
    snapshots.write(only(OTHER, 8))
    expect([at(CONTROL), at(OTHER)]).toEqual([5, 8])
    snapshots.write(only(CONTROL, 9))
    expect([at(CONTROL), at(OTHER)]).toEqual([9, 8])
    // A third leaves the newest of the others beside it.
    snapshots.write(only(LATER, 9))
    expect([at(CONTROL), at(OTHER), at(LATER)]).toEqual([9, undefined, 9])
  })

  test('most of those expected win over the newest', () => {
    const { snapshots } = holding(5)
    snapshots.write(only(CONTROL, 7))
    expect(snapshots.read(expected(9))?.position).toBe(5)
    expect(snapshots.read(expected(9, { sections: [CONTROL] }))?.position).toBe(7)
  })

  test('of another log go with the first write', () => {
    const { snapshots } = holding(5)
    snapshots.write(stateAt(3, { log: 'b-log' }))
    expect(snapshots.survey().states.map(({ log }) => log)).toEqual(['b-log'])
  })

  test('a damaged one leaves the one beside it in use', () => {
    const { file, snapshots } = opened()
    snapshots.write(only(CONTROL, 5))
    snapshots.write(stateAt(7))
    snapshots.close()
    tamper(file, 'UPDATE arrays SET bytes = zeroblob(320) WHERE state = 2 AND number = 0')
    expect(snapshots.read(expected(9))).toMatchObject({ position: 5 })
  })
})

test('a survey lists what is saved, without its arrays', () => {
  const { file, snapshots } = holding(5)
  expect(snapshots.survey()).toEqual({
    kind: 'snapshot',
    size: statSync(file).size,
    states: [
      {
        log: 'a-log',
        position: 5,
        leaf: leafOf('a-log', 5),
        sections: [
          { ...CONTROL, bytes: 620 },
          { ...ENGAGEMENTS, bytes: 1080 },
        ],
      },
    ],
  })
})

test('what is forgotten is gone, also for one who had it open, and can be saved again', () => {
  const { file, snapshots } = holding(5)
  const other = opened(file).snapshots
  expect(other.read(expected(9))).not.toBeNull()
  expect(snapshots.forget()).toBe(true)
  expect(existsSync(file)).toBe(false)
  expect(other.read(expected(9))).toBeNull()
  expect(other.write(stateAt(6)).kind).toBe('written')
  expect(snapshots.read(expected(9))).toMatchObject({ position: 6 })
})
