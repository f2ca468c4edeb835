/** `sources --record`, as it is typed. */
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { spanWords } from '../../src/cli/source-record.js'
import type { SourceRecord } from '../../src/index.js'
import { answered, inside, refused } from './inside.js'
import { file, folder } from './program.js'

const said = (id: string, attribution: string, holder: string, published: string) => ({
  id,
  claim: { kind: 'control', mode: 'change', place: 'old-bridge', holder: [holder] },
  when: '2024-03-01T08:00Z',
  attribution,
  published,
})

let log: string
const run = (...args: string[]) => inside([...args, '--log', log])
const ask = <T>(...args: string[]) => answered<T>([...args, '--log', log])

interface Answer {
  readonly reading: { readonly valid?: string; readonly published: string | null }
  readonly records: readonly SourceRecord[]
}

beforeAll(async () => {
  const made = folder()
  log = join(made, 'log.db')
  const reports = [
    said('n/1', 'valley-news', 'north-army', '2024-03-01T12:00Z'),
    said('b/1', 'bridge-watch', 'north-army', '2024-03-03T12:00Z'),
    said('r/1', 'river-radio', 'river-militia', '2024-03-05T00:00Z'),
  ]
  const written = file('reports.json', JSON.stringify(reports))
  expect(await inside(['record', written, '--register', '--log', log])).toMatchObject({ code: 0 })
})

test('tells every source, or those that are named with a few of their claims', async () => {
  const all = await run('sources', '--record')
  expect(all).toMatchObject({ code: 0, stderr: '' })
  expect(all.stdout).toMatch(/claims +first +borne out +after +contradicted +left open\n/)
  expect(all.stdout).toMatch(/\n +valley-news +1 +1 +1 +2 days +0 +0\n/)
  expect(all.stdout).toMatch(/\n +bridge-watch +1 +0 +0 +0 +0\n/)
  expect(all.stdout).not.toContain('n/1')
  const named = await run('sources', '--record', 'valley-news')
  expect(named.stdout).toContain('borne out: old-bridge, who holds it: n/1, then b/1')
  expect(named.stdout).not.toContain('bridge-watch')
})

test('answers one document, at the reading that is asked for', async () => {
  const { reading, records } = await ask<Answer>('sources', '--record')
  expect(reading.valid).toBeUndefined()
  expect(records.map(({ source }) => source)).toEqual([
    'bridge-watch',
    'river-radio',
    'valley-news',
  ])
  expect(records.at(-1)).toMatchObject({
    first: 1,
    borneOut: 1,
    medianMs: { borneOut: 172_800_000 },
  })
  const then = await ask<Answer>('sources', '--record', 'valley-news', '--published', '2024-03-02')
  expect(then.records).toMatchObject([{ first: 1, borneOut: 0, open: 1 }])
  const without = await ask<Answer>(
    ...['sources', '--record', 'valley-news', '--account', '!bridge-watch', '--at', '2024-03-09'],
  )
  expect(without.reading.valid).toBe('2024-03-09T23:59:59.999Z')
  expect(without.records).toMatchObject([{ borneOut: 0, contradicted: 1 }])
})

test('refuses a source that there is none of, and a reading where the registry is listed', async () => {
  const refusal = (...args: string[]) => refused([...args, '--log', log])
  expect(await refusal('sources', '--record', 'nobody')).toMatchObject({ code: 'unknown-name' })
  expect(await refusal('sources', '--known', '3')).toMatchObject({ code: 'usage' })
  expect(await refusal('sources', '--not-account', 'river-radio')).toMatchObject({ code: 'usage' })
})

test('spans are told in days, hours or minutes, to a tenth', () => {
  const hour = 3_600_000
  const told = [null, 0, 90 * 60_000, 3 * hour, 24 * hour, 30 * hour, 60 * hour, 24_000 * hour]
  expect(told.map(spanWords)).toEqual([
    '',
    '0 minutes',
    '90 minutes',
    '3 hours',
    '1 day',
    '30 hours',
    '2.5 days',
    '1,000 days',
  ])
})
