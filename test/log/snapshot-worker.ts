/**
 * A process that saves a state: `snapshot-worker MODE FILE POSITION`. It prints what became of it.
 */
import { writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { openSnapshots } from '../../src/log/snapshots.js'
import { stateAt } from './snapshot-support.js'

const [, , mode = '', file = '', at = ''] = process.argv

const MODES: Readonly<Record<string, () => string>> = {
  save() {
    const snapshots = openSnapshots(file, { pageSize: 1024 })
    const { kind } = snapshots.write(stateAt(Number(at)))
    snapshots.close()
    return kind
  },
  /** Puts new arrays over the old ones, one by one: what no snapshot may do. */
  piecemeal() {
    const raw = new Database(file)
    const put = raw.prepare('UPDATE arrays SET bytes = ? WHERE number = ?')
    const arrays = stateAt(Number(at)).sections.flatMap((section) => [...section.arrays.values()])
    arrays.forEach((view, number) => {
      put.run(Buffer.from(view.buffer, view.byteOffset, view.byteLength), number)
    })
    raw.close()
    return 'written'
  },
}

writeSync(1, `${MODES[mode]?.()}\n`)
