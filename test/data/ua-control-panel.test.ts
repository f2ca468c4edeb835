/**
 * The daily maps of 2022 read with `--changes`: all 3,291,120 rows give exactly the changes of the
 * change files, and one sweep for each map.
 */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataFolder, NO_DATA } from './folder.js'
import { changesLog, filesOf, importMaps, newLog, sweepsIn, told } from './ua-control-log.js'

const data = dataFolder('ua-control-2022')
const LONG = process.env.RASHOMON_LONG === '1'
/** Days on which there is a map of control, and of each layer of claims. */
const MAPS = 280 + 274 + 271 + 231

test('every row of the panel, and nothing but the changes of the change files', async ({
  skip,
}) => {
  if (data === null) return skip(NO_DATA)
  const panel = join(data, 'panel_daily.csv.gz')
  const timeline = await newLog(filesOf(data))
  const { head } = timeline
  const changes = 28_984 + 9_775
  expect(await importMaps(timeline, [panel])).toMatchObject({
    rows: 3_291_120,
    appended: changes + MAPS,
    duplicates: 0,
    changes: { maps: MAPS, changes, sweeps: MAPS, restored: 0, narrowed: 0, voided: [] },
  })
  expect(timeline.head).toBe(head + changes + MAPS)
  expect(told(timeline)).toEqual(told(await changesLog(filesOf(data))))
  expect(new Set(sweepsIn(timeline)).size).toBe(MAPS)
  if (!LONG) return
  expect(await importMaps(timeline, [panel])).toMatchObject({ reports: 0, appended: 0 })
  expect(timeline.head).toBe(head + changes + MAPS)
}, 600_000)
