import { expect, test } from 'vitest'
import { defineResolver } from '../../src/index.js'
import { at, control, openWorld, type Said, within } from '../support.js'

const reds = { mode: 'change', holder: ['reds'] }
const blues = { mode: 'change', holder: ['blues'] }

/** Of the town: who says what, of when, published when. */
const says = (
  id: string,
  who: unknown,
  [when, published]: readonly [number, number],
  claim: object,
) => control(id, who, at(when), { ...claim }, { published: at(published) })

async function recordOf(source: string, said: readonly Said[], reading = {}) {
  const timeline = await openWorld()
  await timeline.append(said)
  return timeline.at({ valid: at(1000), ...reading }).record(source)
}

test('what the next independent word says too was borne out, what it clashes with contradicted', async () => {
  const first = says('a', 'herald', [1, 100], reds)
  const fits = says('b', 'gazette', [2, 160], reds)
  expect(await recordOf('herald', [first, fits])).toMatchObject({
    claims: 1,
    first: 1,
    borneOut: 1,
    contradicted: 0,
    open: 0,
    medianMs: { borneOut: 60, contradicted: null },
    medianValidMs: { borneOut: 1, contradicted: null },
    examples: {
      borneOut: [{ of: { place: 'town' }, facet: 'holder', claim: 'a', next: 'b' }],
    },
  })
  const clashes = says('b', 'gazette', [2, 160], blues)
  expect(await recordOf('herald', [first, clashes])).toMatchObject({
    borneOut: 0,
    contradicted: 1,
    medianMs: { borneOut: null, contradicted: 60 },
  })
  expect(await recordOf('herald', [first])).toMatchObject({ first: 1, open: 1 })
})

test('the next decides, whatever comes after it', async () => {
  const said = [
    says('a', 'herald', [1, 100], reds),
    says('b', 'gazette', [2, 150], blues),
    says('c', 'gazette', [3, 160], reds),
  ]
  expect(await recordOf('herald', said)).toMatchObject({ first: 1, contradicted: 1, borneOut: 0 })
})

test('who comes second is not first, but where the other had said something else meanwhile', async () => {
  const said = [says('a', 'herald', [1, 100], reds), says('b', 'gazette', [2, 120], reds)]
  expect(await recordOf('gazette', said)).toMatchObject({ claims: 1, first: 0 })
  const meanwhile = says('c', 'herald', [2, 110], blues)
  expect(await recordOf('gazette', [...said, meanwhile])).toMatchObject({ claims: 1, first: 1 })
})

test('what is published at the same instant is neither before nor after', async () => {
  const said = [says('a', 'herald', [1, 100], reds), says('b', 'gazette', [1, 100], reds)]
  for (const source of ['herald', 'gazette'])
    expect(await recordOf(source, said)).toMatchObject({ claims: 1, first: 0 })
  const other = [says('a', 'herald', [1, 100], reds), says('b', 'gazette', [1, 100], blues)]
  for (const source of ['herald', 'gazette'])
    expect(await recordOf(source, other)).toMatchObject({ claims: 1, first: 1, open: 1 })
})

test('a copy, a default and a word about earlier days decide nothing', async () => {
  const first = says('a', 'herald', [10, 100], reds)
  for (const other of [
    says('b', 'echo', [20, 160], reds),
    says('b', 'gazette', [20, 160], { ...reds, basis: 'default' }),
    says('b', 'gazette', [9, 160], reds),
  ])
    expect(await recordOf('herald', [first, other])).toMatchObject({ first: 1, open: 1 })
})

test('what is said again is no new claim; the end of a claim makes room for one', async () => {
  const twice = [says('a', 'herald', [1, 100], reds), says('b', 'herald', [5, 110], reds)]
  expect(await recordOf('herald', twice)).toMatchObject({ claims: 1 })
  const end = says('c', 'herald', [3, 105], { mode: 'change', ends: ['holder'] })
  expect(await recordOf('herald', [...twice, end])).toMatchObject({ claims: 2 })
})

test('a relay speaks for its origin, and decides for nobody who is that', async () => {
  const said = [
    says('a', 'herald', [1, 100], reds),
    says('b', ['gazette', 'herald'], [2, 160], reds),
  ]
  expect(await recordOf('herald', said)).toMatchObject({ claims: 1, first: 1, open: 1 })
  expect(await recordOf('gazette', said)).toMatchObject({ claims: 0 })
})

test('words that come alike and differ leave it open', async () => {
  const first = says('a', 'herald', [1, 100], reds)
  const said = [
    first,
    says('b', 'gazette', [2, 160], reds),
    says('c', 'herald/witness', [2, 160], blues),
  ]
  const independent = { ...said[2]!, attribution: ['gazette', 'herald', 'herald/witness'] }
  expect(await recordOf('herald', [first, said[1]!, independent])).toMatchObject({
    borneOut: 0,
    contradicted: 0,
    open: 1,
  })
})

test('nothing counts that may not have begun by the reading, or was withdrawn', async () => {
  const window = control('a', 'herald', within(40, 60), reds, { published: at(70) })
  expect(await recordOf('herald', [window], { valid: at(50) })).toMatchObject({ claims: 0 })
  expect(await recordOf('herald', [window], { valid: at(60) })).toMatchObject({ claims: 1 })
  const said = [
    says('a', 'herald', [1, 100], reds),
    says('b', 'gazette', [2, 160], reds),
    {
      id: 'w',
      claim: { kind: 'withdrawal', of: 'b', reason: 'the wrong town' },
      attribution: 'gazette',
      published: at(200),
    },
  ]
  expect(await recordOf('herald', said)).toMatchObject({ first: 1, open: 1 })
  expect(await recordOf('herald', said, { published: at(199) })).toMatchObject({ borneOut: 1 })
  expect(await recordOf('herald', said, { known: 11 })).toMatchObject({ borneOut: 1 })
})

test('each facet is counted by itself; full control says that nobody fights there', async () => {
  const full = { mode: 'change', holder: { actors: ['reds'], extent: 'full' } }
  const said = [
    says('a', 'herald', [1, 100], full),
    says('b', 'gazette', [2, 160], { mode: 'change', contest: ['blues', 'reds'] }),
  ]
  const record = await recordOf('herald', said)
  expect(record).toMatchObject({ claims: 3, first: 3, contradicted: 1, open: 2 })
  expect(record.byFacet).toMatchObject({
    holder: { claims: 1, open: 1 },
    contest: { claims: 1, contradicted: 1 },
    siege: { claims: 1, open: 1 },
  })
})

test('the median of an even number lies halfway', async () => {
  const timeline = await openWorld()
  await timeline.append([
    says('a', 'herald', [1, 100], reds),
    says('b', 'gazette', [2, 110], reds),
    { ...says('c', 'herald', [1, 100], reds), claim: { kind: 'control', place: 'hill', ...reds } },
    { ...says('d', 'gazette', [2, 125], reds), claim: { kind: 'control', place: 'hill', ...reds } },
  ])
  const record = timeline.at({ valid: at(1000) }).record('herald')
  expect(record).toMatchObject({ borneOut: 2, medianMs: { borneOut: 17.5 } })
  expect(
    timeline
      .at({ valid: at(1000) })
      .records()
      .map(({ source }) => source),
  ).toEqual(['gazette', 'herald'])
})

test('a resolver can go by it', async () => {
  const proven = defineResolver({
    name: 'proven',
    resolve(_facet, voices, weighing) {
      const kept = (origin: string) => weighing.record(origin).borneOut
      const most = Math.max(...voices.map(({ origin }) => kept(origin)))
      const [best, ...others] = voices.filter(({ origin }) => kept(origin) === most)
      if (best === undefined || others.length > 0)
        return { decided: false, rule: 'no record is the best', candidates: [] }
      const { value, certainty, account } = best
      const rule = 'most often borne out'
      return { decided: true, value, certainty, rule, support: [account], opposition: [] }
    },
  })
  const onHill = (report: Said, claim: object) => ({
    ...report,
    claim: { kind: 'control', place: 'hill', ...claim },
  })
  const said = [
    onHill(says('a', 'herald', [1, 100], reds), reds),
    onHill(says('b', 'gazette', [2, 110], reds), reds),
    says('c', 'herald', [3, 120], blues),
    says('d', 'gazette', [3, 130], reds),
  ]
  const timeline = await openWorld()
  await timeline.append(said)
  const view = timeline.at({ valid: at(1000), resolver: proven })
  expect(view.place('town').resolved.holder).toMatchObject({
    decided: true,
    value: { actors: ['blues'] },
    support: ['herald'],
  })
  const before = timeline.at({ valid: at(1000), published: at(105), resolver: proven })
  expect(before.record('herald')).toMatchObject({ borneOut: 0 })
})

test('a source that the log does not know is refused; one that says nothing has an empty record', async () => {
  await expect(recordOf('nobody', [])).rejects.toMatchObject({ code: 'unknown-name' })
  expect(await recordOf('herald', [])).toMatchObject({ claims: 0, first: 0, byFacet: {} })
})
