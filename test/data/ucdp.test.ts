/** UCDP's events of one publication: the Central African Republic and a sample of the world. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { casualties, engagements, lossesOf } from '../../projections/index.js'
import type { Timeline } from '../../src/index.js'
import { dataFolder, NO_DATA, rowsOf } from './folder.js'
import { importFile, registered } from './mapped.js'
import { type Row, saidBy } from './ucdp-rows.js'

const data = dataFolder('ucdp-ged')

const FILES = [
  ['car', 'ged_v23_1_central_african_republic.csv.gz', 'Africa/Bangui', 1_848],
  ['world', 'ged_global_sample_1000.csv.gz', 'UTC', 1_000],
] as const

const logs = new Map<string, Promise<Timeline>>()
function imported(name: string, file: string): Promise<Timeline> {
  const log =
    logs.get(name) ??
    (async () => {
      const timeline = await registered('ucdp-registry', [casualties])
      const summary = await importFile(timeline, `ucdp-${name}`, file)
      expect(summary.skipped).toEqual([])
      return timeline
    })()
  logs.set(name, log)
  return log
}

describe('UCDP', () => {
  for (const [name, file, zone, count] of FILES)
    test(`${name}: each event is as its row says`, async ({ skip }) => {
      if (data === null) return skip(NO_DATA)
      const timeline = await imported(name, join(data, file))
      const view = timeline.at({ valid: '2024-01-01' })
      const rows = rowsOf(data, file) as Row[]
      expect(rows).toHaveLength(count)
      for (const row of rows) {
        const key = { engagement: `ucdp/${row.id}`, account: 'ucdp' }
        const { state, folded } = view.state(engagements, key)
        const { type, places, belligerents, start, casualties } = state
        expect(folded).toEqual([`ucdp-${name}/${row.id}`])
        expect({ type, belligerents, start, casualties, place: places.join() }).toEqual(
          saidBy(row, zone),
        )
      }
    })

  test('what killed civilians in Bangui, month by month, is the sum of its rows', async ({
    skip,
  }) => {
    if (data === null) return skip(NO_DATA)
    const [name, file, zone] = FILES[0]
    const timeline = await imported(name, join(data, file))
    const view = timeline.at({ valid: '2024-01-01' })
    const place = 'ucdp/central-african-republic-bangui-city'
    const sums = new Map<string, { low: number; best: number; high: number }>()
    for (const row of rowsOf(data, file) as Row[]) {
      if (row.where_coordinates !== 'Bangui city') continue
      const { start, casualties } = saidBy(row, zone)
      const { low, best = 0, high } = casualties.civilians!.killed
      const month = new Date(start.to - 1).toISOString().slice(0, 7)
      const sum = sums.get(month) ?? { low: 0, best: 0, high: 0 }
      sums.set(month, { low: sum.low + low, best: sum.best + best, high: sum.high + high })
    }
    expect(sums.size).toBeGreaterThan(20)
    for (const [period, killed] of sums) {
      const question = { place, actor: 'civilians', period, account: 'ucdp' }
      expect(lossesOf(view, question).losses).toEqual({ killed })
    }
  })
})
