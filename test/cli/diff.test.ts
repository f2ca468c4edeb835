import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Change, Diff, SettledReading } from '../../src/index.js'
import { answered, inside, refused } from './inside.js'
import { folder } from './program.js'

const MORNING = '2015-11-12T11:00+02:00'
const EVENING = '2015-11-12T20:00+02:00'

let log: string
const run = (...args: string[]) => inside([...args, '--log', log])
const ask = <T>(...args: string[]) => answered<T>([...args, '--log', log])
const refusal = (...args: string[]) => refused([...args, '--log', log])

type Told = Diff & { readonly tokens: { readonly from: string; readonly to: string } }

const of = (changes: readonly Change[], place: string, type: Change['type']) =>
  changes.filter((change) => change.place === place && change.type === type)

beforeAll(async () => {
  log = join(folder(), 'aleppo.db')
  expect(await inside(['demo', '--log', log])).toMatchObject({ code: 0 })
})

describe('diff', () => {
  test('of two instants tells what happened, and by which reports', async () => {
    const { changes } = await ask<Told>('diff', MORNING, EVENING)
    expect(of(changes, 'al-eiss', 'standing')).toMatchObject([
      {
        from: 'unreported',
        to: 'disputed',
        reports: ['masdar-2015-11-12/6', 'masdar-2015-11-12/7b'],
      },
    ])
    const { stdout } = await run('diff', MORNING, EVENING, '--place', 'al-hadher')
    expect(stdout).toMatch(/^from {2}at 2015-11-12 09:00 UTC/)
    expect(stdout).toMatch(/Al-Hadher +Al-Masdar News +holder +held by Ahrar al-Sham/)
    expect(stdout).toContain('masdar-2015-11-12/2/')
    expect(stdout).not.toContain('al-eiss')
  })

  test('of two positions tells what was learned; of two publications too', async () => {
    const { reports } = await ask<{ reports: { position: number; id: string }[] }>('reports')
    const seventh = reports.find(({ id }) => id === 'masdar-2015-11-12/7b')!.position
    const known = await ask<Told>('diff', `${EVENING}@${seventh - 1}`, `${EVENING}@${seventh}`)
    expect(of(known.changes, 'al-eiss', 'standing')).toMatchObject([
      { from: 'sole', to: 'disputed' },
    ])
    for (const change of known.changes) expect(change.reports).toEqual(['masdar-2015-11-12/7b'])
    const before = `${EVENING}@published:2015-11-12T18:00Z`
    const published = await ask<Told>('diff', before, `${EVENING}@published:2015-11-12`)
    expect(published.from.published).toBe('2015-11-12T18:00:00.000Z')
    expect(of(published.changes, 'al-eiss', 'standing')).toMatchObject([
      { from: 'unreported', to: 'disputed' },
    ])
  })

  test('of two accounts or two resolvers tells where they part', async () => {
    const sides = ['al-masdar/activists', 'al-masdar/ground-source']
    const accounts = await ask<Told>('diff', EVENING, '--account', ...sides)
    expect([accounts.from, accounts.to].map((side: SettledReading) => side.accounts)).toEqual(
      sides.map((name) => ({ include: [name] })),
    )
    expect(of(accounts.changes, 'al-eiss', 'facet').length).toBeGreaterThan(2)
    const weighed = await ask<Told>('diff', EVENING, '--resolver', 'dispute', 'cautious')
    for (const { type, reports } of weighed.changes)
      expect({ type, reports }).toEqual({ type: 'resolved', reports: [] })
    expect(of(weighed.changes, 'al-eiss', 'resolved')).toMatchObject([
      { facet: 'contest', from: { decided: false }, to: { decided: true } },
    ])
    const { stdout } = await run('diff', EVENING, '--resolver', 'dispute', 'cautious')
    expect(stdout).toMatch(/by dispute, cautious +contest +undecided/)
  })

  test('takes the tokens it gives', async () => {
    const told = await ask<Told>('diff', MORNING, EVENING)
    const again = await ask<Told>('diff', told.tokens.from, told.tokens.to)
    expect(again).toEqual(told)
    const part = await ask<Told>('diff', told.tokens.to, '--resolver', 'dispute', 'cautious')
    expect(part.from).toEqual(told.to)
  })

  test('of a reading and itself says so', async () => {
    const { stdout } = await run('diff', EVENING, EVENING)
    expect(stdout).toContain('Nothing differs between the two readings.')
  })

  test.each<[string, string[], RegExp]>([
    ['one reading alone', [EVENING], /^B: none given; a second reading, --account A B/],
    ['an unknown coordinate', [`${EVENING}@soon`, EVENING], /^A: "@soon" is no position/],
    ['a coordinate twice', [EVENING, `${EVENING}@3@4`], /^B: "@4" is no position/],
    [
      'one account',
      [EVENING, '--account', 'al-masdar'],
      /^--account: "al-masdar" is not two names/,
    ],
    [
      'two readings and two resolvers',
      [MORNING, EVENING, '--resolver', 'dispute', 'latest'],
      /^--resolver: compares two sides of one reading/,
    ],
    ['a position that is not there', [`${EVENING}@4000`, EVENING], /^known: 4000 is no position/],
    ['an account nobody knows', [EVENING, '--account', 'nobody', 'al-masdar'], /knows no source/],
  ])('refuses %s', async (_, args, said) => {
    expect((await refusal('diff', ...args)).message).toMatch(said)
  })
})
