/**
 * UCDP's Ukraine as it was published three times: the events read at each publication are that file's
 * rows. The second import is killed midway and run again.
 */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { engagements } from '../../projections/index.js'
import type { Timeline } from '../../src/index.js'
import { dataFolder, NO_DATA, rowsOf } from './folder.js'
import { importEdition, registered } from './mapped.js'
import { type Row, type Said, saidBy } from './ucdp-rows.js'

const data = dataFolder('ucdp-ged')

const PUBLISHED = ['2023-02-03', '2023-05-03', '2023-06-23'] as const
const KILLED_AFTER = 1_500

const fileOf = (folder: string, published: string) =>
  join(folder, `ukraine_published_${published}.csv.gz`)

type Edition = NonNullable<Awaited<ReturnType<typeof importEdition>>['edition']>
interface Imported {
  readonly timeline: Timeline
  readonly editions: readonly Edition[]
  readonly heads: readonly number[]
}

let log: Promise<Imported> | undefined
function imported(folder: string): Promise<Imported> {
  log ??= (async () => {
    const timeline = await registered('ucdp-registry')
    const editions: Edition[] = []
    const heads: number[] = []
    for (const published of PUBLISHED) {
      const file = fileOf(folder, published)
      const killed = published === PUBLISHED[1] ? KILLED_AFTER : undefined
      if (killed !== undefined) await importEdition(timeline, 'ucdp-ukraine', file, killed)
      const { edition } = await importEdition(timeline, 'ucdp-ukraine', file)
      editions.push(edition!)
      heads.push(timeline.head)
    }
    return { timeline, editions, heads }
  })()
  return log
}

/** Every event of any publication, as it is at one of them; `null` for one that is not. */
function eventsAt(timeline: Timeline, ids: Iterable<string>, published: string) {
  const view = timeline.at({ valid: '2024-01-01', published })
  const events = new Map<string, Said | null>()
  for (const id of ids) {
    const { state, folded } = view.state(engagements, { engagement: `ucdp/${id}`, account: 'ucdp' })
    const { type, places, belligerents, start, casualties } = state
    const place = places.join()
    events.set(
      id,
      folded.length === 0 ? null : ({ type, place, belligerents, start, casualties } as Said),
    )
  }
  return events
}

describe('three publications of one list', () => {
  test('at each, the events are that file’s rows', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const { timeline } = await imported(data)
    const files = PUBLISHED.map((published) => rowsOf(fileOf(data, published)) as Row[])
    const ids = new Set(files.flatMap((rows) => rows.map(({ id }) => id!)))
    expect(ids.size).toBe(3_973)
    expect(files.map(({ length }) => length)).toEqual([3_000, 3_883, 3_077])
    for (const [i, published] of PUBLISHED.entries()) {
      const said = new Map<string, Said | null>([...ids].map((id) => [id, null]))
      for (const row of files[i]!) said.set(row.id!, saidBy(row, 'Europe/Kyiv'))
      expect(eventsAt(timeline, ids, published)).toEqual(said)
    }
    for (const event of eventsAt(timeline, ids, '2023-02-02').values()) expect(event).toBeNull()
    // Caught: a reading that is a day early sees the edition before.
    expect(eventsAt(timeline, ids, '2023-05-02')).not.toEqual(eventsAt(timeline, ids, PUBLISHED[1]))
  })

  test('what came, went and came back is counted as the README of the data says', async ({
    skip,
  }) => {
    if (data === null) return skip(NO_DATA)
    const { editions } = await imported(data)
    const [first, second, third] = editions
    expect(first).toMatchObject({ added: 3_000, corrected: 0, withdrawn: 0, returned: 0 })
    // 894 were added: some before the import was killed, the rest when it was run again.
    expect(second).toMatchObject({ reports: 3_883, returned: 0 })
    // 894 only in the second and 2 in the first two; 11 in the first and third; 79 only in the third.
    expect(third).toMatchObject({ reports: 3_077, added: 79, withdrawn: 896, returned: 11 })
  })

  test('each of them again adds nothing, and a withdrawal is withdrawn by name', async ({
    skip,
  }) => {
    if (data === null) return skip(NO_DATA)
    const { timeline, heads } = await imported(data)
    for (const published of [PUBLISHED[1], PUBLISHED[2]])
      expect(await importEdition(timeline, 'ucdp-ukraine', fileOf(data, published))).toMatchObject({
        appended: 0,
        edition: { added: 0, corrected: 0, withdrawn: 0, returned: 0 },
      })
    expect(timeline.head).toBe(heads[2])
    const withdrawals = [...timeline.reports({ kind: 'withdrawal' })].map(({ id, report }) => ({
      id,
      of: String(report.claim.of),
    }))
    const ids = new Set(withdrawals.map(({ id }) => id))
    expect(withdrawals.filter(({ of }) => ids.has(of))).toHaveLength(11)
  })
})
