/** Opens what a loss of power left with the log itself, and says what is not as it was promised. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '../../src/log/contract.js'
import { examineSqliteLog } from '../../src/log/examine.js'
import { openSqliteLog } from '../../src/log/sqlite.js'
import { instant } from '../../src/time/instant.js'
import { NOWHERE } from '../../src/time/position.js'
import type { Image } from './power-disk.js'
import { idOf, leafHash, lineOf, sha256 } from './power-words.js'

export const NAME = 'log.db'

/** Where images are laid: in memory where there is such a place, for they need no disk. */
const IMAGES = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export interface Verdict {
  /** What was printed and is not there: the id of the log, entries by their lines. */
  readonly lost: readonly string[]
  /** What is there and not as a log has it. */
  readonly faults: readonly string[]
}

/**
 * What came of `image`, when the lines that were `printed` say what the process had told by then.
 */
export function judge(image: Image, printed: readonly string[]): Verdict {
  const folder = mkdtempSync(join(IMAGES, 'rashomon-power-'))
  const file = join(folder, NAME)
  try {
    for (const [name, bytes] of image) writeFileSync(join(folder, name), bytes)
    const create = printed.length === 0
    const log = openSqliteLog({ file, create, leafHash, newId: () => 'made' })
    try {
      return judgeOpen(log, file, printed)
    } finally {
      log.close()
    }
  } catch (error) {
    return { lost: [], faults: [String(error)] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function judgeOpen(log: Log, file: string, printed: readonly string[]): Verdict {
  const entries = [...log.read(NOWHERE)]
  const there = new Set(entries.map((entry) => lineOf(entry, log.parts(entry.position))))
  there.add(`opened ${log.id}`)
  const faults: string[] = []
  const commits = new Map<string, number>()
  for (const [index, { position, commit, id }] of entries.entries()) {
    if (position !== index + 1) faults.push(`position ${position} is entry ${index + 1}`)
    const [round, place, size] = id.split('/').map(Number) as [number, number, number]
    if (id !== idOf(round, place, size) || commit !== position - place + size - 1)
      faults.push(`${id} at ${position} is of commit ${commit}`)
    commits.set(`${round} of ${size}`, (commits.get(`${round} of ${size}`) ?? 0) + 1)
  }
  for (const [commit, found] of commits)
    if (!commit.endsWith(` of ${found}`)) faults.push(`${found} entries of round ${commit}`)

  const report = { id: 'next', bytes: sha256('next'), hash: sha256(sha256('next')), parts: [] }
  const [next] = log.transact((own) => own.append([report], instant(0)))
  if (next?.position !== entries.length + 1) faults.push(`goes on at ${next?.position}`)
  // Asks SQLite for its integrity_check, of which quick_check is a part.
  const { findings } = examineSqliteLog({ file, reportHash: sha256, leafHash })
  return { lost: printed.filter((line) => !there.has(line)), faults: [...faults, ...findings] }
}
