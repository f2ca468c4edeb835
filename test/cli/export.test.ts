/** `export csv`, `panel` and `geojson`, as they are typed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { inside, refused } from './inside.js'
import { folder } from './program.js'

let log: string
const run = (...args: string[]) => inside(['export', ...args, '--log', log])
const refusal = (...args: string[]) => refused(['export', ...args, '--log', log])

type Rows = Record<string, string>[]
const table = (text: string): Rows => parse(text, { columns: true, bom: true })

/** What a command wrote to standard output; messages beside it are no complaints. */
async function written(...args: string[]) {
  const ran = await run(...args)
  expect(ran.code).toBe(0)
  return ran
}

beforeAll(async () => {
  log = join(folder(), 'aleppo.db')
  await inside(['demo', '--log', log])
})

const DAY = ['--from', '2015-11-12', '--to', '2015-11-12']

describe('export panel', () => {
  test('writes rows, and whom they are owed to on standard error', async () => {
    const { stdout, stderr } = await written('panel', ...DAY, '--place', "Al-'Eiss")
    expect(table(stdout).map(({ row, standing }) => [row, standing])).toEqual([
      ['account', ''],
      ['account', ''],
      ['place', 'disputed'],
      ...Array(3).fill(['credit', '']),
    ])
    expect(table(stdout)[3]).toMatchObject({ account: 'al-masdar', credit: 'Al-Masdar News' })
    expect(stderr).toBe('credit: Al-Masdar News\n')
  })

  test('takes the coordinates of a reading', async () => {
    const rows = async (...args: string[]) =>
      table((await written('panel', ...DAY, '--place', 'al-eiss', ...args)).stdout).filter(
        ({ row }) => row !== 'credit',
      )
    expect(await rows('--known', '21')).toMatchObject([{ row: 'place', standing: 'unreported' }])
    expect(await rows('--published', '2015-11-11')).toHaveLength(1)
    expect(await rows('--not-account', 'al-masdar/activists')).toHaveLength(2)
    expect(await rows('--account', 'al-masdar/activists', '--rows', 'places')).toMatchObject([
      { standing: 'sole', holder_extent: 'full' },
    ])
    const [latest] = await rows('--resolver', 'latest', '--rows', 'places', '--facet', 'contest')
    expect(Object.keys(latest!)).not.toContain('holder')
    const [then] = await rows('--then', '--zone', 'Asia/Damascus')
    expect(then).toMatchObject({ valid: '2015-11-12T21:59:59.999Z' })
  })

  test('goes to a file, whole or not at all, with what is told of it under --json', async () => {
    const out = join(folder(), 'panel.csv')
    const { stdout } = await written('panel', ...DAY, '--bom', '--out', out, '--json')
    const text = readFileSync(out, 'utf8')
    expect(text.startsWith('\uFEFFrow,step,')).toBe(true)
    const { credits, ...told } = JSON.parse(stdout)
    expect(told).toEqual({ format: 'panel', file: out, rows: table(text).length })
    expect(credits).toContainEqual({
      source: 'al-masdar',
      name: 'Al-Masdar News',
      credit: 'Al-Masdar News',
      licence: null,
    })
  })

  test('refuses what it cannot do', async () => {
    expect(await refusal('panel')).toMatchObject({ code: 'usage' })
    expect(await refusal('panel', ...DAY, '--facet', 'mood')).toMatchObject({
      place: { field: '--facet' },
    })
    expect(await refusal('panel', '--from', '2016', '--to', '2015')).toMatchObject({
      place: { field: '--to' },
    })
    expect(await refusal('panel', ...DAY, '--place', 'nowhere')).toMatchObject({
      code: 'unknown-name',
    })
    expect(await refusal('panel', ...DAY, '--then', '--published', '2016')).toMatchObject({
      place: { field: '--then' },
    })
    expect(await refusal('panel', ...DAY, '--out', log)).toMatchObject({ code: 'usage' })
  })
})

describe('export geojson', () => {
  test('writes one document', async () => {
    const { stdout, stderr } = await written('geojson', '--at', '2015-11-12T20:00+02:00')
    const document = JSON.parse(stdout)
    expect(document).toMatchObject({
      type: 'FeatureCollection',
      reading: { valid: '2015-11-12T18:00:00.000Z' },
      credits: expect.arrayContaining([expect.objectContaining({ credit: 'Al-Masdar News' })]),
    })
    expect(stderr).toMatch(
      `${document.unlocated.length} more have no point; they are listed under "unlocated"`,
    )
    expect(stderr).toMatch('credit: Al-Masdar News')
  })

  test('tells of what went to a file', async () => {
    const out = join(folder(), 'map.geojson')
    const args = ['geojson', '--at', '2015-11-12', '--then', '--out', out]
    expect((await written(...args)).stderr).toMatch(/^wrote \d+ places to /)
    const { features } = JSON.parse(readFileSync(out, 'utf8'))
    expect(JSON.parse((await written(...args, '--json')).stdout)).toMatchObject({
      format: 'geojson',
      features: features.length,
      reading: { published: '2015-11-12T23:59:59.999Z' },
    })
  })

  test('needs an instant', async () => {
    expect((await refusal('geojson')).message).toMatch(/--at/)
    expect(await refusal('geojson', '--at', 'noon')).toMatchObject({ code: 'invalid-reading' })
  })
})

describe('export csv', () => {
  test('writes the rows that are asked for', async () => {
    const ids = async (...args: string[]) =>
      table((await written('csv', ...args)).stdout).map(({ id }) => id)
    expect(await ids()).toHaveLength(40)
    for (const field of ['--known', '--published'])
      expect(await refusal('csv', field, 'then')).toMatchObject({ code: 'usage', place: { field } })
    expect(await ids('--kind', 'control', '--place', 'al-eiss')).toEqual([
      'masdar-2015-11-12/6',
      'masdar-2015-11-12/7b',
    ])
    expect(await ids('--after', '38', '--known', '39')).toHaveLength(1)
    expect(await ids('--account', 'al-masdar/activists')).toHaveLength(1)
    expect(await ids('--published', '2015-11-11')).toHaveLength(26)
  })
})
