/** The panel says what the views say, place by place and step by step. */
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Cell } from '../../src/exchange/cells.js'
import { Credits } from '../../src/exchange/credits.js'
import { PANEL_FACETS, type PanelOptions, panelRows } from '../../src/exchange/panel.js'
import { openTimeline, type PlaceView, type Timeline } from '../../src/index.js'
import { aleppo } from '../../src/testing/aleppo.js'
import { type History, histories } from '../../src/testing/index.js'

type Row = Readonly<Record<string, Cell>>

/** What is told of places, the credits left out. */
const told = (rows: readonly Row[]) => rows.filter(({ row }) => row !== 'credit')

/** A panel as rows by the names of their columns, the credits left out. */
const panel = (timeline: Timeline, options: Partial<PanelOptions> = {}) =>
  told(whole(timeline, options))

/** All of its rows. */
function whole(timeline: Timeline, options: Partial<PanelOptions> = {}): Row[] {
  const rows = panelRows(timeline, {
    steps: ['2015-11-12'],
    reading: {},
    rows: 'all',
    facets: PANEL_FACETS,
    places: [],
    credits: new Credits(timeline.registry()),
    ...options,
  })
  const [header = [], ...others] = rows
  expect(new Set(header).size).toBe(header.length)
  return others.map((row) => {
    expect(row).toHaveLength(header.length)
    return Object.fromEntries(header.map((name, at) => [name, row[at] ?? '']))
  })
}

async function opened(history: History): Promise<Timeline> {
  let now = 0
  const timeline = await openTimeline({ log: ':memory:', clock: () => now })
  for (const [at, commit] of history.commits.entries()) {
    now = history.stamps[at]!
    await timeline.append(commit)
  }
  return timeline
}

async function theDay(): Promise<Timeline> {
  const timeline = await openTimeline({ log: ':memory:', clock: () => 1_447_355_000_000 })
  await timeline.append(aleppo.all)
  onTestFinished(() => timeline.close())
  return timeline
}

/** A value as it stands in a cell, said once more in other words. */
function cell(value: unknown): string {
  if (value === undefined) return ''
  if (value === null) return '(unsaid)'
  const { oneOf, not } = value as { oneOf?: readonly unknown[]; not?: readonly string[] }
  if (oneOf !== undefined) return oneOf.map(cell).join(' or ')
  if (not !== undefined) return `not ${not.join('|')}`
  const { actors, extent } = Array.isArray(value)
    ? { actors: value, extent: undefined }
    : (value as { actors: string[]; extent?: string })
  const who = actors.length === 0 ? '(none)' : actors.join('|')
  return extent === undefined ? who : `${who} (${extent})`
}

/** What a view has to say in a panel, a line for each row. */
function linesOf(view: PlaceView): string[] {
  const accounts = view.accounts.map(({ account, control, possible, basis, supportAge }) => {
    const facets = PANEL_FACETS.map((facet) => {
      const several = (possible[facet]?.length ?? 0) > 1 ? possible[facet]!.map(cell) : []
      const age =
        supportAge[facet] === undefined ? '' : Math.round(supportAge[facet] / 8640) / 10_000
      return [cell(control[facet]), several.join('; '), basis[facet] ?? '', age].join(' ~ ')
    })
    return [view.place, account, '', ...facets].join(' , ')
  })
  const resolved = PANEL_FACETS.map((facet) => {
    const it = view.resolved[facet]
    const value = it?.decided === true ? it.value : undefined
    const candidates = it?.decided === false ? it.candidates.map((each) => cell(each.value)) : []
    return [cell(value), candidates.join('; '), '', ''].join(' ~ ')
  })
  return [...accounts, [view.place, '', view.standing, ...resolved].join(' , ')]
}

/** The same of a row of the panel. */
function lineOf(row: Row): string {
  const facets = PANEL_FACETS.map((facet) => {
    const extent = row[`${facet}_extent`] ?? ''
    const value = extent === '' ? row[facet] : `${row[facet]} (${extent})`
    return [value, row[`${facet}_possible`], row[`${facet}_basis`], row[`${facet}_age_days`]].join(
      ' ~ ',
    )
  })
  return [row.place, row.account, row.standing, ...facets].join(' , ')
}

const at = (milliseconds: number) => new Date(milliseconds).toISOString()

describe('a panel', () => {
  property.prop(
    [
      histories(),
      fc.array(fc.integer({ min: -5, max: 60 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom('dispute', 'latest'),
      fc.constantFrom(undefined, 'then'),
    ],
    { numRuns: 60 },
  )('has of every step what the view has', async (history, instants, resolver, published) => {
    const timeline = await opened(history)
    const steps = instants.map(at)
    const reading = { resolver, ...(published === undefined ? {} : { published }) }
    const rows = panel(timeline, { steps, reading })
    const lines = (rows: readonly Row[]) => rows.map((row) => `${row.step} ${lineOf(row)}`)
    expect(lines(rows)).toEqual(
      steps.flatMap((valid) =>
        [...timeline.at({ ...reading, valid }).places()].flatMap((view) =>
          linesOf(view).map((line) => `${valid} ${line}`),
        ),
      ),
    )
    expect(rows.every((row) => row.valid === row.step)).toBe(true)
    // The same where places are asked for one by one, and nothing is remembered.
    const places = [...new Set(rows.map(({ place }) => String(place)))].sort()
    const named = panel(timeline, { steps, reading, places })
    expect(lines(named).filter((line) => !line.includes('unreported'))).toEqual(
      lines(rows).filter((line) => !line.includes('unreported')),
    )
    await timeline.close()
  })

  test('reads anew what the registry makes another answer of', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    const claim = { kind: 'control', place: 'town', holder: ['reds'] }
    await timeline.append(
      [
        { claim, when: '2015-01-01[UTC]', attribution: 'herald' },
        { claim, when: '2015-01-01[UTC]', attribution: 'gazette' },
        {
          claim: { kind: 'source', source: 'gazette', copies: ['herald'] },
          when: '2015-01-03[UTC]',
        },
      ],
      { register: true },
    )
    const steps = ['2015-01-01', '2015-01-02', '2015-01-03', '2015-01-04']
    const rows = panel(timeline, { steps, rows: 'places' })
    expect(rows.map(({ standing }) => standing)).toEqual(['agreed', 'agreed', 'sole', 'sole'])
    await timeline.close()
  })

  test('reads anew where the same report carries what is settled and another is possible', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    const held = (when: string, holder: string) => ({
      claim: { kind: 'control', mode: 'change', place: 'town', holder: [holder] },
      when,
      attribution: 'herald',
    })
    const took = [
      held('2015-01-01[UTC]', 'reds'),
      held('2015-01-03T00:00Z/2015-01-05T00:00Z', 'blues'),
    ]
    await timeline.append(took, { register: true })
    const steps = ['2015-01-01', '2015-01-02', '2015-01-03', '2015-01-04', '2015-01-05']
    const rows = panel(timeline, { steps, rows: 'accounts', facets: ['holder'] })
    expect(rows.map(({ holder, holder_possible: possible }) => [holder, possible])).toEqual([
      ['reds', ''],
      ['reds', ''],
      ['reds', 'blues; reds'],
      ['blues', ''],
      ['blues', ''],
    ])
    await timeline.close()
  })

  test('counts the days since the last support at each step, sweeps included', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    const held = (account: string, when: string, holder: string) => ({
      claim: { kind: 'control', place: 'town', holder: [holder] },
      when,
      attribution: account,
    })
    await timeline.append(
      [
        held('herald', '2015-01-01T12:00Z', 'reds'),
        held('gazette', '2015-01-02T12:00Z', 'blues'),
        { claim: { kind: 'sweep' }, when: '2015-01-03T12:00Z', attribution: 'herald' },
      ],
      { register: true },
    )
    const steps = [
      '2015-01-02T18:00Z',
      '2015-01-03T00:00Z',
      '2015-01-03T18:00Z',
      '2015-01-04T12:00Z',
    ]
    const options = { steps, facets: ['holder'], reading: { resolver: 'latest' } }
    const rows = panel(timeline, options)
    const ages = (of: string) =>
      rows.filter(({ account }) => account === of).map((row) => row.holder_age_days)
    expect(ages('herald')).toEqual([1.25, 1.5, 0.25, 1])
    expect(ages('gazette')).toEqual([0.25, 0.5, 1.25, 2])
    expect(rows.filter(({ row }) => row === 'place').map(({ holder }) => holder)).toEqual([
      'blues',
      'blues',
      'reds',
      'reds',
    ])
    await timeline.close()
  })

  test('follows the steps, with what had been published by each', async () => {
    const timeline = await theDay()
    const standings = (steps: readonly string[], reading = {}) =>
      panel(timeline, {
        steps,
        reading,
        rows: 'places',
        places: ['al-hadher'],
        facets: ['holder'],
      }).map(({ step, standing }) => [step, standing])
    expect(standings(['2015-11-11', '2015-11-12', '2015-11-13'])).toEqual([
      ['2015-11-11', 'unreported'],
      ['2015-11-12', 'sole'],
      ['2015-11-13', 'sole'],
    ])
    // Published at 19:00 UTC of the day itself.
    const hours = ['2015-11-12T18:00Z', '2015-11-12T19:00Z']
    expect(standings(hours, { published: 'then' }).map(([, word]) => word)).toEqual([
      'unreported',
      'sole',
    ])
  })

  test('reads a day at its last instant in the zone', async () => {
    const timeline = await theDay()
    const [row] = panel(timeline, { reading: { zone: 'Asia/Damascus' }, places: ['al-eiss'] })
    expect(row).toMatchObject({ step: '2015-11-12', valid: '2015-11-12T21:59:59.999Z' })
  })

  test('tells disputes, and rows of one kind alone', async () => {
    const timeline = await theDay()
    const rows = panel(timeline, { places: ['al-eiss'], facets: ['holder', 'contest'] })
    expect(rows.map(({ row, account }) => [row, account])).toEqual([
      ['account', 'al-masdar/activists'],
      ['account', 'al-masdar/ground-source'],
      ['place', ''],
    ])
    expect(rows[2]).toMatchObject({
      name: "Al-'Eiss",
      standing: 'disputed',
      disputes: 'extent on contest: al-masdar/activists, al-masdar/ground-source',
      holder: 'hezbollah|iranian-units|iraqi-units',
      holder_extent: 'full',
      contest_possible: 'ahrar-al-sham|hezbollah|iranian-units|iraqi-units; (none)',
    })
    for (const kind of ['accounts', 'places'] as const)
      expect(panel(timeline, { rows: kind, places: ['al-eiss'] })).toHaveLength(
        kind === 'accounts' ? 2 : 1,
      )
  })

  test('ends with the credits of its sources, as the registry has them now', async () => {
    const timeline = await theDay()
    const before = timeline.head
    await timeline.append({
      claim: { kind: 'source', source: 'al-masdar', credit: 'Al-Masdar', licence: 'CC BY 4.0' },
    })
    const credits = new Credits(timeline.registry())
    const rows = whole(timeline, { credits, reading: { known: before }, places: ['al-eiss'] })
    const owed = rows.slice(-3)
    expect(
      owed.map(({ row, account, credit, licence }) => [row, account, credit, licence]),
    ).toEqual([
      ['credit', 'al-masdar', 'Al-Masdar', 'CC BY 4.0'],
      ['credit', 'al-masdar/activists', '', ''],
      ['credit', 'al-masdar/ground-source', '', ''],
    ])
    expect(told(rows)).toHaveLength(rows.length - 3)
    // Unnamed sources are credited with their publisher.
    expect(credits.silent()).toEqual([])
    const kinds = whole(timeline, { rows: 'places', places: ['al-eiss'] }).map(({ row }) => row)
    expect(kinds).toEqual(['place', 'credit', 'credit', 'credit'])
  })

  test('names the sources that nobody says how to credit', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    const claim = { kind: 'control', place: 'town', holder: ['reds'] }
    await timeline.append(
      [
        { claim, when: '2015-11-12[UTC]', attribution: 'herald' },
        { claim, when: '2015-11-12[UTC]', attribution: ['gazette', 'herald'] },
        { claim: { kind: 'source', source: 'gazette', licence: 'ODbL' } },
      ],
      { register: true },
    )
    const credits = new Credits(timeline.registry())
    const rows = whole(timeline, { credits })
    expect(rows.map(({ row, account, licence }) => [row, account, licence])).toEqual([
      ['account', 'herald', ''],
      ['account', 'herald via gazette', ''],
      ['place', '', ''],
      ['credit', 'gazette', 'ODbL'],
      ['credit', 'herald', ''],
    ])
    expect(credits.silent().map(({ source }) => source)).toEqual(['herald'])
    await timeline.close()
  })
})
