/** The day south of Aleppo (DESIGN 10): what must come out of the nine things said of it. */
import { beforeAll, describe, expect, test } from 'vitest'
import { engagements } from '../../projections/index.js'
import { openTimeline, type PlaceView, type Timeline } from '../../src/index.js'
import { aleppo } from '../../src/testing/aleppo.js'

const ATTACKERS = [
  'baath-battalions',
  'hezbollah',
  'iranian-units',
  'iraqi-units',
  'ndf-aleppo',
  'saa-4th-mechanized-division',
]
const DEFENDERS = ['ahrar-al-sham', 'nour-al-din-al-zinki', 'suqour-al-sham']
const AT_AL_EISS = ['hezbollah', 'iranian-units', 'iraqi-units']

let timeline: Timeline
beforeAll(async () => {
  timeline = await openTimeline({ log: ':memory:' })
  for (const report of aleppo.all) await timeline.append(report)
})

/** A clock time of the day in Damascus. */
const at = (time: string, reading: object = {}) =>
  timeline.at({ valid: `2015-11-12T${time}+02:00`, ...reading })
const actors = (value: unknown) =>
  (value as { actors: string[] } | null | undefined)?.actors ?? null
const account = (view: PlaceView, name: string) => view.accounts.find((a) => a.account === name)
const holders = (view: PlaceView, name: string) => ({
  settled: actors(account(view, name)?.control.holder),
  possible: (account(view, name)?.possible.holder ?? [null]).map(actors),
})

test('the log holds exactly the places, sources and actors of the case', () => {
  const registry = timeline.registry()
  const ids = (entries: readonly { id: string }[]) => entries.map(({ id }) => id).sort()
  expect(ids(registry.places())).toEqual([
    'al-eiss',
    'al-eiss-western-flank',
    'al-hadher',
    'al-hadher-national-hospital',
    'aleppo-damascus-highway',
    'khirbat-al-muhal',
    'tal-bajjar',
  ])
  expect(ids(registry.sources())).toEqual([
    'al-masdar',
    'al-masdar/activists',
    'al-masdar/embedded-journalist',
    'al-masdar/ground-source',
  ])
  expect(ids(registry.actors())).toEqual(
    [
      ...ATTACKERS,
      ...DEFENDERS,
      'government-and-allies',
      'opposition',
      'harakat-al-nujaba',
      'kataib-hezbollah',
      'liwa-abu-fadl-al-abbas',
      'liwa-fatemiyoun',
    ].sort(),
  )
  const partOf = (id: string) => registry.entry('place', id)?.fields.partOf
  expect(partOf('al-hadher-national-hospital')).toEqual(['al-hadher'])
  expect(partOf('al-eiss-western-flank')).toEqual(['al-eiss'])
  expect(registry.entry('actor', 'liwa-fatemiyoun')?.fields.memberOf).toEqual(['iranian-units'])
})

describe('Al-Hadher', () => {
  test('at 04:59:59.999 is certainly the rebels’, by report 1', () => {
    const view = at('04:59:59.999').place('al-hadher')
    expect(holders(view, 'al-masdar')).toEqual({ settled: DEFENDERS, possible: [DEFENDERS] })
    expect(account(view, 'al-masdar')).toMatchObject({
      certainty: { holder: 'certain' },
      evidence: { holder: ['masdar-2015-11-12/1'] },
      status: { holder: 'rebel stronghold' },
    })
    expect(account(at('04:59:59.998').place('al-hadher'), 'al-masdar')?.certainty.holder).toBe(
      'possible',
    )
  })

  test('at 11:00 that is still settled, and the attackers are possible beside them', () => {
    const view = at('11:00').place('al-hadher')
    expect(holders(view, 'al-masdar').settled).toEqual(DEFENDERS)
    expect(new Set(holders(view, 'al-masdar').possible.map(String))).toEqual(
      new Set([String(DEFENDERS), String(ATTACKERS)]),
    )
    expect(view.standing).toBe('sole')
  })

  test('at 11:00 the assault may be on, and at 12:00 it certainly has been', () => {
    const key = { engagement: 'assault-on-al-hadher', account: 'al-masdar' }
    expect(at('11:00').state(engagements, key)).toMatchObject({
      folded: [],
      possible: ['masdar-2015-11-12/2/assault'],
    })
    const told = at('12:00').state(engagements, key)
    expect(told.folded).toEqual(['masdar-2015-11-12/2/assault'])
    expect(told.state).toMatchObject({
      type: 'assault',
      places: ['al-hadher'],
      belligerents: { attackers: ATTACKERS, defenders: DEFENDERS },
      outcome: { victors: ATTACKERS },
    })
  })

  test('at 12:00 is certainly and fully the attackers’', () => {
    const view = at('12:00').place('al-hadher')
    expect(holders(view, 'al-masdar')).toEqual({ settled: ATTACKERS, possible: [ATTACKERS] })
    expect(account(view, 'al-masdar')?.control).toEqual({
      holder: { actors: ATTACKERS, extent: 'full' },
      contest: [],
      siege: [],
    })
    expect(view.resolved.holder).toMatchObject({ decided: true, certainty: 'certain' })
  })

  test('has one transition in its history, from 06:00 to 12:00', () => {
    const stretches = timeline.history('al-hadher').map(({ from, to, kind }) => [from, to, kind])
    expect(stretches).toContainEqual([
      '2015-11-12T04:00:00.000Z',
      '2015-11-12T09:59:59.999Z',
      'transition',
    ])
  })
})

describe('the National Hospital', () => {
  const JOURNALIST = 'al-masdar/embedded-journalist'
  const hospital = (time: string) => at(time).place('al-hadher-national-hospital')

  test('is possibly theirs after 11:15 and certainly from 12:00, by the journalist’s account', () => {
    expect(holders(hospital('11:14:59.999'), JOURNALIST)).toEqual({
      settled: null,
      possible: [null],
    })
    expect(holders(hospital('11:15'), JOURNALIST)).toEqual({
      settled: null,
      possible: [null, ATTACKERS],
    })
    expect(holders(hospital('12:00'), JOURNALIST)).toEqual({
      settled: ATTACKERS,
      possible: [ATTACKERS],
    })
  })

  test('at 11:50 has nothing settled in the journalist’s account, and no dispute', () => {
    const view = hospital('11:50')
    expect(holders(view, JOURNALIST).settled).toBeNull()
    expect(view.disputes).toEqual([])
  })
})

describe('Al-’Eiss at 20:00', () => {
  const ACTIVISTS = 'al-masdar/activists'
  const GROUND = 'al-masdar/ground-source'
  const fighting = ['ahrar-al-sham', ...AT_AL_EISS]

  test('is disputed in extent: fully held by one account, contested and under fire control by another', () => {
    const view = at('20:00').place('al-eiss')
    expect(view.standing).toBe('disputed')
    expect(account(view, ACTIVISTS)?.control).toEqual({
      holder: { actors: AT_AL_EISS, extent: 'full' },
      contest: [],
      siege: [],
    })
    expect(account(view, GROUND)?.control).toEqual({ contest: fighting, fireControl: AT_AL_EISS })
    expect(view.resolved.contest).toMatchObject({ decided: false })
  })

  test('the view says that the parties are two origins of one publisher and one alignment', () => {
    const view = at('20:00').place('al-eiss')
    expect(view.disputes).toEqual([
      {
        kind: 'extent',
        open: false,
        facets: ['contest'],
        parties: [ACTIVISTS, GROUND],
        cause: 'contradiction',
        shared: ['publisher', 'alignment'],
      },
    ])
    expect(
      view.accounts.map(({ origin, publisher, alignment }) => [origin, publisher, alignment]),
    ).toEqual([
      [ACTIVISTS, 'al-masdar', 'government-and-allies'],
      [GROUND, 'al-masdar', 'government-and-allies'],
    ])
  })

  test('the fighting on the western flank is disputed by the full capture of the town', () => {
    const view = at('20:00').place('al-eiss-western-flank')
    expect(view.standing).toBe('disputed')
    expect(account(view, GROUND)?.control).toEqual({ contest: fighting })
    expect(account(view, ACTIVISTS)).toMatchObject({
      control: { contest: [] },
      derived: ['contest', 'siege'],
    })
  })

  test('at the position before report 7 there is no dispute', () => {
    const known = timeline.receipt('masdar-2015-11-12/7a')!.position - 1
    const view = at('20:00', { known }).place('al-eiss')
    expect(view).toMatchObject({ standing: 'sole', disputes: [] })
    expect(at('20:00', { known }).place('al-eiss-western-flank').disputes).toEqual([])
  })

  test('is told as an assault by one account, with what the desk’s source assessed of it', () => {
    const told = at('20:00').state(engagements, {
      engagement: 'assault-on-al-eiss',
      account: 'al-masdar',
    })
    expect(told.folded).toEqual(['masdar-2015-11-12/5', 'masdar-2015-11-12/9/assault'])
    expect(told.state.summary).toMatch(/Most of the fighting/)
  })
})

test('the highway is threatened and nobody is said to hold it', () => {
  const view = at('20:00').place('aleppo-damascus-highway')
  expect(account(view, 'al-masdar')?.control).toEqual({ threat: ATTACKERS })
  expect(view.resolved.holder).toBeUndefined()
})

test('Khirbat al-Muhal and Tal Bajjar are fully the 4th Division’s by the evening', () => {
  for (const village of ['khirbat-al-muhal', 'tal-bajjar'])
    expect(account(at('20:00').place(village), 'al-masdar')?.control.holder).toEqual({
      actors: ['saa-4th-mechanized-division'],
      extent: 'full',
    })
})

test('nothing of the day was known before it was published at 21:00', () => {
  const view = at('20:00', { published: 'then' }).place('al-eiss')
  expect(view).toMatchObject({ standing: 'unreported', accounts: [] })
  const later = at('20:00', { published: '2015-11-12T21:00+02:00' }).place('al-eiss')
  expect(later.standing).toBe('disputed')
})

describe('why', () => {
  const holderOf = (view: ReturnType<typeof at>, place: string) => view.explain(place).facets.holder
  const report = (name: string) => `masdar-2015-11-12/${name}`

  test('Al-Hadher is the rebels’ at 04:59:59.999: by report 1, and the attackers’ day is still to come', () => {
    const explained = holderOf(at('04:59:59.999'), 'al-hadher')
    expect(explained).toMatchObject({ support: [report('1')], opposition: [], losers: [] })
    expect(explained?.notYet).toMatchObject([
      { report: report('2/control'), why: 'valid', from: '2015-11-12T04:00:00.000Z' },
    ])
  })

  test('at 11:00 it is still settled so, with what may be so beside it', () => {
    expect(holderOf(at('11:00'), 'al-hadher')).toMatchObject({
      support: [report('1')],
      opposition: [report('2/control')],
      accounts: [{ certainty: 'possible', others: [{ reports: [report('2/control')] }] }],
      notYet: [{ report: report('2/control'), why: 'possible' }],
    })
  })

  test('Al-’Eiss is fought over is undecided: each account needs the other’s word', () => {
    expect(at('20:00').explain('al-eiss').facets.contest).toMatchObject({
      answer: { decided: false },
      support: [report('6'), report('7b')],
      losers: [
        { account: 'al-masdar/activists', wouldWin: 'al-masdar/ground-source' },
        { account: 'al-masdar/ground-source', wouldWin: 'al-masdar/activists' },
      ],
    })
  })

  test('`cautious` calls it contested by report 7, against report 6', () => {
    expect(at('20:00', { resolver: 'cautious' }).explain('al-eiss').facets.contest).toMatchObject({
      answer: { decided: true, value: ['ahrar-al-sham', ...AT_AL_EISS] },
      support: [report('7b')],
      opposition: [report('6')],
    })
  })

  test('`corroborated(2)` is undecided on the holder, and a second origin’s word would decide it', () => {
    const explained = holderOf(at('20:00', { resolver: 'corroborated(2)' }), 'al-eiss')
    expect(explained).toMatchObject({ answer: { decided: false }, support: [report('6')] })
    expect(explained?.losers).toMatchObject([
      { account: 'al-masdar/activists', wouldWin: 'al-masdar/ground-source' },
    ])
  })

  test('before report 7 was recorded, and before any was published, is told as not counted', () => {
    const known = timeline.receipt(report('7a'))!.position - 1
    const { contest } = at('20:00', { known }).explain('al-eiss').facets
    expect(contest).toMatchObject({ support: [report('6')], losers: [] })
    expect(contest?.notYet).toMatchObject([{ report: report('7b'), why: 'known', from: known + 2 }])
    const { notYet } = at('20:00', { published: 'then' }).explain('al-eiss').facets.contest!
    expect(notYet.map(({ why, from }) => [why, from])).toEqual([
      ['published', '2015-11-12T19:00:00.000Z'],
      ['published', '2015-11-12T19:00:00.000Z'],
    ])
  })
})
