/** A WAL that was cut short, as after a loss of power: the log opens with a prefix of its commits. */
import { copyFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { examineSqliteLog } from '../../src/log/examine.js'
import { instant } from '../../src/time/instant.js'
import { NOWHERE } from '../../src/time/position.js'
import { folder, LONG, leafHash, openLog, sealed, sha256 } from './support.js'

const HEADER = 32
const FRAME = 24 + 4096
const SIZES = [1, 3, 9, 2]

/** A log's file and WAL as a loss of power would leave them, with the ends of its commits. */
function written(where: string, apart: 'one transaction a commit' | 'one transaction an entry') {
  const log = openLog(join(where, 'log.db'))
  const ends: number[] = [0]
  for (const [round, size] of SIZES.entries()) {
    const reports = Array.from({ length: size }, (_, index) =>
      sealed(`${round}/${index}`, { bytes: new Uint8Array(900).fill(round) }),
    )
    if (apart === 'one transaction a commit')
      log.transact((own) => own.append(reports, instant(round)))
    else for (const report of reports) log.transact((own) => own.append([report], instant(round)))
    ends.push((ends.at(-1) as number) + size)
  }
  const entries = [...log.read(NOWHERE)]
  for (const end of ['', '-wal'])
    copyFileSync(join(where, `log.db${end}`), join(where, `kept.db${end}`))
  log.close()
  return { ends, entries, wal: statSync(join(where, 'kept.db-wal')).size }
}

/** Opens the log with its WAL cut at `length`, and returns its entries. */
function cut(where: string, length: number) {
  const file = join(where, `cut-${length}.db`)
  for (const end of ['', '-wal']) copyFileSync(join(where, `kept.db${end}`), `${file}${end}`)
  truncateSync(`${file}-wal`, length)
  const log = openLog(file, { create: false })
  const entries = [...log.read(NOWHERE)]
  const [next] = log.transact((own) => own.append([sealed('next')], instant(0)))
  expect(next?.position).toBe(entries.length + 1)
  log.close()
  const examined = examineSqliteLog({ file, reportHash: sha256, leafHash })
  expect(examined.findings).toEqual([])
  return entries
}

/** Lengths on, before and behind every frame, and within it. */
function* lengths(wal: number) {
  for (const length of [0, 1, HEADER - 1, HEADER]) yield length
  for (let frame = HEADER; frame < wal; frame += FRAME) {
    const within = LONG ? Array.from({ length: 40 }, (_, n) => 1 + n * 103) : [24]
    for (const offset of [...within, FRAME - 1, FRAME]) yield frame + offset
  }
}

describe('a WAL cut short', () => {
  test('leaves a prefix of the commits, and no half of one, wherever it is cut', () => {
    const where = folder()
    const { ends, entries, wal } = written(where, 'one transaction a commit')
    const seen = new Set<number>()
    let last = 0
    for (const length of lengths(wal)) {
      const left = cut(where, length)
      expect(ends).toContain(left.length)
      expect(left).toEqual(entries.slice(0, left.length))
      expect(left.length).toBeGreaterThanOrEqual(last)
      last = left.length
      seen.add(left.length)
    }
    expect([...seen]).toEqual(ends)
  })

  test('shows a log that commits entry by entry', () => {
    const where = folder()
    const { ends, wal } = written(where, 'one transaction an entry')
    let half = false
    for (const length of lengths(wal)) half ||= !ends.includes(cut(where, length).length)
    expect(half).toBe(true)
  })
})
