/** `disputes` and `compare`, as a person and as a script run them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Comparison, type DisputeAt, type DisputeOver, openTimeline } from '../../src/index.js'
import { plain } from '../../src/testing/plain.js'
import { answered, inside, refused } from './inside.js'
import { folder } from './program.js'

const EVENING = '2015-11-12T20:00+02:00'
const PAIR = ['al-masdar/activists', 'al-masdar/ground-source'] as const
const DAYS = ['--from', '2015-11-12', '--to', '2015-11-13'] as const

let log: string
const run = (...args: string[]) => inside([...args, '--log', log])
const ask = <T>(...args: string[]) => answered<T>([...args, '--log', log])
const refusal = (...args: string[]) => refused([...args, '--log', log])
const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length))

beforeAll(async () => {
  log = join(folder(), 'aleppo.db')
  expect(await inside(['demo', '--log', log])).toMatchObject({ code: 0, stderr: '' })
})

describe('disputes', () => {
  test('at an instant says who against whom, where, on what, since when and why', async () => {
    const { code, stdout, stderr } = await run('disputes', '--at', EVENING, 'al-eiss')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      /Al-'Eiss +≠ extent: fighting +activists.* +2015-11-12 18:00 +contradiction/,
    )
    expect(stdout).toContain('entry 34')
    expect(stdout).toContain('1 dispute at 1 place: 1 contradiction')
    expect(widest(stdout)).toBeLessThanOrEqual(100)
  })

  test('as JSON is what the library answers, with the reading and its token', async () => {
    const timeline = await openTimeline({ log, readonly: true })
    const view = timeline.at(EVENING)
    expect(await ask('disputes', '--at', EVENING)).toEqual({
      reading: view.reading,
      token: view.token,
      disputes: plain(view.disputes()),
      open: 0,
    })
    const over = await ask<{ disputes: DisputeOver[] }>('disputes', ...DAYS)
    expect(over.disputes).toEqual(timeline.disputes({ from: '2015-11-12', to: '2015-11-13' }))
    await timeline.close()
  })

  test('over a stretch says from when to when', async () => {
    const { stdout } = await run('disputes', ...DAYS, '--zone', 'Asia/Damascus')
    expect(stdout).toMatch(/from 2015-11-12 +contradiction/)
    expect(stdout).toContain('2 disputes at 2 places: 2 contradiction')
    expect(widest(stdout)).toBeLessThanOrEqual(100)
  })

  test('can be asked for a cause, a kind, or with those that are open', async () => {
    const count = async (...args: string[]) =>
      (await ask<{ disputes: DisputeAt[] }>('disputes', '--at', EVENING, ...args)).disputes.length
    expect(await count('--cause', 'contradiction')).toBe(2)
    expect(await count('--cause', 'lag')).toBe(0)
    expect(await count('--kind', 'extent')).toBe(2)
    expect(await count('--kind', 'who')).toBe(0)
    expect(await count('--open')).toBe(2)
    expect(await count('--known', '33', 'al-eiss')).toBe(0)
    expect((await run('disputes', '--at', '2015-11-12T05:00Z')).stdout).toContain('No disputes.')
  })

  test('refuse an instant beside a stretch, half a stretch, and none at all', async () => {
    for (const [args, field] of [
      [[], '--at'],
      [['--at', EVENING, ...DAYS], '--at'],
      [['--from', '2015'], '--to'],
      [['--to', '2015'], '--from'],
      [[...DAYS, '--then'], '--then'],
      [['--from', '2016', '--to', '2015'], 'to'],
    ] as const)
      expect((await refusal('disputes', ...args)).place).toMatchObject({ field })
    expect((await refusal('disputes', '--at', EVENING, 'nowhere')).code).toBe('unknown-name')
  })
})

describe('compare', () => {
  test('counts places and days, split by cause, and names the places that carry most', async () => {
    const { code, stdout, stderr } = await run('compare', ...PAIR, ...DAYS)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/2 places, 2 days +place-days +of both/)
    expect(stdout).toMatch(/they differ: contradiction +4 +100\.00 %/)
    expect(stdout).toContain("contradiction: Al-'Eiss 2, Western flank of Al-'Eiss 2")
    expect(widest(stdout)).toBeLessThanOrEqual(100)
  })

  test('as JSON is what the library answers, with what was asked', async () => {
    const timeline = await openTimeline({ log, readonly: true })
    const expected = timeline.compare({
      accounts: PAIR,
      from: '2015-11-12',
      to: '2015-11-13',
      published: 'then',
    })
    const found = await ask<Comparison>('compare', ...PAIR, ...DAYS, '--then')
    expect(found).toMatchObject({ ...plain(expected), step: 'day', zone: 'UTC', published: 'then' })
    await timeline.close()
  })

  test('as a table has a row for each place or each step, and says whom it owes', async () => {
    const printed = await run('compare', ...PAIR, ...DAYS, '--csv')
    const [head, ...rows] = printed.stdout.trim().split('\n')
    expect(head).toMatch(/^row,place,name,both_silent,only_a,.*,contradiction,open_vocabulary/)
    expect(rows.map((row) => row.split(',').slice(0, 2).join())).toEqual([
      'place,al-eiss',
      'place,al-eiss-western-flank',
      'credit,al-masdar/activists',
      'credit,al-masdar/ground-source',
    ])
    const out = join(folder(), 'steps.csv')
    const wrote = await run('compare', ...PAIR, ...DAYS, '--rows', 'steps', '--csv', out)
    expect(wrote).toMatchObject({ code: 0, stdout: '' })
    expect(readFileSync(out, 'utf8')).toContain('step,2015-11-13,2015-11-13T23:59:59.999Z')
    const failed = await refusal(
      'compare',
      ...PAIR,
      ...DAYS,
      '--csv',
      join(folder(), 'no', 'x.csv'),
    )
    expect(failed.place).toMatchObject({ field: '--csv' })
  })

  test('refuses what it cannot compare', async () => {
    const code = async (...args: string[]) => (await refusal('compare', ...args)).code
    expect(await code(PAIR[0], PAIR[0], ...DAYS)).toBe('invalid-reading')
    expect(await code(PAIR[0], 'nobody', ...DAYS)).toBe('unknown-name')
    expect(await code(...PAIR, 'nowhere', ...DAYS)).toBe('unknown-name')
    expect(await code(...PAIR, '--from', '2016', '--to', '2015')).toBe('usage')
    const steps = ['--from', '0001', '--to', '2015', '--step', 'hour']
    expect((await refusal('compare', ...PAIR, ...steps)).place).toMatchObject({ field: '--step' })
  })
})
