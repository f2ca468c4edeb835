/** A census counts what a plain pass over the entries counts. */
import { test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { openTimeline, type Timeline } from '../../src/index.js'
import { type Census, takeCensus } from '../../src/log/census.js'
import type { Entry } from '../../src/log/contract.js'
import { histories } from '../../src/testing/index.js'
import { instant } from '../../src/time/instant.js'
import { position } from '../../src/time/position.js'
import { openWorld, WORLD } from '../support.js'

/** The census of what a timeline's log holds. */
function censusOf(timeline: Timeline): Census {
  const entries = [...timeline.reports()].map((logged): Entry => {
    const { id, behind, bytes } = logged
    const recorded = instant(Date.parse(logged.recorded))
    const [at, commit] = [position(logged.position), position(logged.commit)]
    const none = new Uint8Array()
    return { position: at, commit, id, recorded, bytes, hash: none, leaf: none, behind }
  })
  return takeCensus(entries)
}

const counted = (words: readonly string[]) =>
  [...new Set(words)].map((word) => [word, words.filter((each) => each === word).length])

property.prop([histories()], { numRuns: 60 })(
  'kinds, accounts, registry and second thoughts are those of the entries',
  async (history) => {
    let now = 0
    const timeline = await openTimeline({ log: ':memory:', clock: () => now })
    for (const [at, commit] of history.commits.entries()) {
      now = history.stamps[at]!
      await timeline.append(commit)
    }
    const entries = [...timeline.reports()]
    const census = censusOf(timeline)
    expect(census.entries).toBe(entries.length)
    expect(census.commits).toBe(new Set(entries.map(({ commit }) => commit)).size)
    const kinds = entries.map(({ kind }) => kind)
    expect(new Map(census.kinds.map((each) => [each.kind, each.entries]))).toEqual(
      new Map(counted(kinds) as [string, number][]),
    )
    expect(new Map(census.accounts.map((each) => [each.account, each.entries]))).toEqual(
      new Map(counted(entries.map(({ account }) => account)) as [string, number][]),
    )
    const ids = (kind: string) =>
      new Set(entries.filter((e) => e.kind === kind).map(({ report }) => report.claim[kind])).size
    expect(census.registry).toEqual({
      places: ids('place'),
      actors: ids('actor'),
      sources: ids('source'),
    })
    const thoughts = ['withdrawal', 'correction', 'entry-correction', 'void']
    expect(census.secondThoughts).toEqual(
      Object.fromEntries(counted(kinds.filter((kind) => thoughts.includes(kind)))),
    )
    const batches = entries.flatMap(({ report }) => report.batch ?? [])
    expect(census.batches).toMatchObject({
      named: new Set(batches).size,
      entries: batches.length,
    })
    await timeline.close()
  },
)

test('stretches of time go from the first instant to the last', async () => {
  const timeline = await openWorld()
  const claim = { kind: 'control', place: 'town', holder: ['reds'] }
  const said = { zone: 'UTC', claim }
  await timeline.append([
    { ...said, when: '1970-01-02', attribution: 'herald', published: '1970-01-05' },
    { ...said, when: '1970-01-01/1970-01-03', until: '1970-01-08', attribution: 'gazette' },
    { ...said, attribution: 'gazette', published: '1970-01-04T00:00Z', citation: 'page 4' },
    { ...said, when: '../1970-01-02', until: '..', attribution: ['echo', 'herald'], batch: 'b' },
  ])
  await timeline.append({ claim: { kind: 'void', batch: 'b', reason: 'wrong' } })
  const census = censusOf(timeline)
  const days = (from: number, to: number) => ({ from: from * 86_400_000, to: to * 86_400_000 - 1 })
  expect(census).toMatchObject({
    entries: WORLD.length + 5,
    commits: 3,
    valid: days(0, 8),
    published: { from: 3 * 86_400_000, to: 5 * 86_400_000 - 1 },
    recorded: { from: 1_000_000, to: 1_000_000 },
    unstated: { start: 1, published: 2 },
    batches: { named: 1, entries: 1, voided: 1 },
    secondThoughts: { void: 1 },
    parts: 1,
  })
  expect(census.accounts).toContainEqual({
    account: 'herald',
    entries: 1,
    valid: days(1, 2),
    // A date of publication counts at its last instant.
    published: { from: 5 * 86_400_000 - 1, to: 5 * 86_400_000 - 1 },
  })
  expect(census.accounts[0]).toMatchObject({ account: 'desk', valid: null, published: null })
})

test('nothing is counted of nothing', () => {
  expect(takeCensus([])).toMatchObject({ entries: 0, commits: 0, kinds: [], valid: null })
})
