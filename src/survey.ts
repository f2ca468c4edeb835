/** What lies in and beside a log's file, without folding it. */
import { statSync } from 'node:fs'
import { leafHash } from './integrity/leaf.js'
import { type Census, takeCensus } from './log/census.js'
import { openSnapshots, snapshotFileOf } from './log/snapshots.js'
import { openSqliteLog } from './log/sqlite.js'
import { position } from './time/position.js'

/** A saved state of projections, as far as it concerns whoever keeps the log. */
export interface SurveyedSnapshot {
  readonly position: number
  /** Whether it is of this log as it stands, so that an opening can go on from it. */
  readonly fits: boolean
  readonly bytes: number
  readonly sections: readonly string[]
}

export interface LogSurvey extends Census {
  /** The log's own id. */
  readonly id: string
  /** Bytes on the disk. */
  readonly size: { readonly log: number; readonly wal: number; readonly snapshot: number }
  readonly snapshots: {
    /** `foreign` is a file of that name that is none, and is left alone. */
    readonly kind: 'none' | 'foreign' | 'unreadable' | 'snapshot'
    /** Newest first. */
    readonly states: readonly SurveyedSnapshot[]
  }
}

/**
 * Counts what a log's file holds, and what lies beside it; changes nothing.
 *
 * @throws `log-missing`, `log-foreign`, `log-unsafe`, `log-damaged`, `log-busy`.
 */
export function surveyFile(file: string): LogSurvey {
  const log = openSqliteLog({ file, create: false, readonly: true, leafHash, newId: () => '' })
  const snapshots = openSnapshots(snapshotFileOf(file))
  try {
    const census = takeCensus(log.read(position(0)))
    const { kind, size, states } = snapshots.survey()
    return {
      id: log.id,
      ...census,
      size: { log: bytesOf(file), wal: bytesOf(`${file}-wal`), snapshot: size },
      snapshots: {
        kind,
        states: states.map(({ log: of, position: at, leaf, sections }) => {
          const own = at === 0 ? new Uint8Array() : log.at(at)?.leaf
          return {
            position: at,
            fits: of === log.id && own !== undefined && Buffer.compare(own, leaf) === 0,
            bytes: sections.reduce((sum, section) => sum + section.bytes, 0),
            sections: sections.map(({ name }) => name.trim()),
          }
        }),
      },
    }
  } finally {
    snapshots.close()
    log.close()
  }
}

const bytesOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
