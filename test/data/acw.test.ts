/**
 * The Civil War's engagements as 14 sources tell them: accounts of one battle side by side, and where
 * they differ, as the engine's states say it and as plain code finds it in the rows.
 */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { engagements } from '../../projections/index.js'
import type { EngagementClaim, Timeline } from '../../src/index.js'
import { dataFolder, NO_DATA, rowsOf } from './folder.js'
import { importFile, registered } from './mapped.js'

const data = dataFolder('acw-engagements-1861-63')
/** After everything was published, what states no publication among it. */
const AFTER = '2100-01-01T00:00Z'

type Row = Record<string, string>

let log: Promise<Timeline> | undefined
function imported(folder: string): Promise<Timeline> {
  log ??= (async () => {
    const timeline = await registered('acw-registry')
    await importFile(timeline, 'acw-battles', join(folder, 'battles_index.csv.gz'))
    const file = join(folder, 'engagement_reports.csv.gz')
    expect((await importFile(timeline, 'acw-engagements', file)).skipped).toEqual([])
    return timeline
  })()
  return log
}

const rowsIn = (folder: string): Row[] => rowsOf(folder, 'engagement_reports.csv.gz')

/** The battle that a row is an account of, where the crosswalk says one and the same. */
function battleOf({ relation, cwsac_ids }: Row): string | null {
  return relation === 'eq' && cwsac_ids !== '' && !cwsac_ids!.includes('|') ? cwsac_ids! : null
}

/** By battle, then by source. */
type Telling<T> = Map<string, Map<string, T>>

function put<T>(telling: Telling<T>, battle: string, source: string, value: T): void {
  const told = telling.get(battle) ?? new Map<string, T>()
  telling.set(battle, told.set(source, value))
}

interface Differ {
  /** Battles on which two sources or more speak. */
  readonly told: number
  readonly differ: string[]
}

function differ<T>(telling: Telling<T>, aside: readonly string[] = []): Differ {
  let told = 0
  const found: string[] = []
  for (const [battle, bySource] of telling) {
    const values = [...bySource].filter(([source]) => !aside.includes(source)).map(([, v]) => v)
    if (values.length < 2) continue
    told++
    if (new Set(values).size > 1) found.push(battle)
  }
  return { told, differ: found.sort() }
}

const SIDES: Record<string, string> = { U: 'union', C: 'confederacy', I: 'neither' }

/** What the rows tell; of several rows of one source the one that starts last, as far as it tells. */
function fromRows(rows: readonly Row[]) {
  const victors: Telling<string> = new Map()
  const starts: Telling<string> = new Map()
  const losses: Telling<number> = new Map()
  for (const row of rows.toSorted((a, b) => (a.start_date! < b.start_date! ? -1 : 1))) {
    const battle = battleOf(row)
    if (battle === null) continue
    const { source = '', result_raw = '', start_date = '', us_casualties = '' } = row
    if (result_raw !== '') put(victors, battle, source, SIDES[result_raw[0]!] ?? result_raw)
    if (start_date !== '') put(starts, battle, source, start_date)
    if (us_casualties !== '') put(losses, battle, source, Number(us_casualties))
  }
  return { victors, starts, losses }
}

/** The same, read from the engine's states of each engagement and account. */
function fromStates(timeline: Timeline) {
  const view = timeline.at({ valid: AFTER })
  const victors: Telling<string> = new Map()
  const starts: Telling<string> = new Map()
  const losses: Telling<number> = new Map()
  for (const key of view.keys(engagements)) {
    const [, battle] = /^acw\/([^/]+)$/.exec(key.engagement ?? '') ?? []
    const { state, folded } = view.state(engagements, key)
    if (battle === undefined || key.account === 'acw-crosswalk' || folded.length === 0) continue
    const source = key.account!
    const { outcome, start, casualties } = state
    if (outcome !== null) put(victors, battle, source, outcome.victors?.join() ?? 'neither')
    if (start?.from != null) put(starts, battle, source, String(start.from))
    const lost = casualties.union?.total?.best
    if (lost !== undefined) put(losses, battle, source, lost)
  }
  return { victors, starts, losses }
}

function only<T>(telling: Telling<T>, keep: (value: T) => boolean): Telling<T> {
  return new Map(
    [...telling].map(([battle, told]) => [battle, new Map([...told].filter(([, v]) => keep(v)))]),
  )
}

const ASIDE = ['dyer1908', 'fox1898']

describe('the Civil War, 1860 to 1863', () => {
  test('each row is one report of its source, and says what the row says', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const timeline = await imported(data)
    const said = [...timeline.reports({ kind: 'engagement' })].map(({ account, report }) => {
      const { casualties = [], outcome, status } = report.claim as unknown as EngagementClaim
      const lost = (actor: string) => casualties.find((one) => one.actor === actor)?.total?.best
      const end = report.end?.end === 'at' ? report.end.wording : ''
      return [
        account,
        report.start?.wording ?? '',
        end,
        lost('union') ?? '',
        lost('confederacy') ?? '',
        lost('acw/both-sides') ?? '',
        outcome?.result ?? '',
        status,
      ].join('\t')
    })
    const rows = rowsIn(data).map((row) => {
      const { start_date = '', end_date = '', date_precision, engagement_type = '' } = row
      const month = date_precision === 'month'
      const wrong = end_date < start_date
      return [
        row.source,
        month ? start_date.slice(0, 7) : start_date,
        month || wrong ? '' : end_date,
        row.us_casualties,
        row.cs_casualties,
        row.total_casualties,
        row.result_raw,
        wrong ? `${engagement_type}; said to end on ${end_date}` : engagement_type,
      ].join('\t')
    })
    expect(rows).toHaveLength(11_313)
    expect(said.sort()).toEqual(rows.sort())
    expect(rows.filter((row) => row.includes('said to end on'))).toHaveLength(12)
  })

  test('accounts of one battle stand side by side', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const timeline = await imported(data)
    const sources = new Map<string, Set<string>>()
    for (const row of rowsIn(data)) {
      const battle = battleOf(row)
      if (battle !== null) sources.set(battle, (sources.get(battle) ?? new Set()).add(row.source!))
    }
    const accounts = new Map<string, Set<string>>()
    for (const { engagement = '', account = '' } of timeline
      .at({ valid: AFTER })
      .keys(engagements)) {
      const [, battle] = /^acw\/([^/]+)$/.exec(engagement) ?? []
      if (battle !== undefined && account !== 'acw-crosswalk')
        accounts.set(battle, (accounts.get(battle) ?? new Set()).add(account))
    }
    expect(accounts).toEqual(sources)
    expect(Math.max(...[...accounts.values()].map(({ size }) => size))).toBe(12)
  })

  test('parts and wholes are the crosswalk’s own word, and what is not the same is neither', async ({
    skip,
  }) => {
    if (data === null) return skip(NO_DATA)
    const timeline = await imported(data)
    const expected: string[] = []
    for (const row of rowsIn(data)) {
      const { source, source_record_id, cwsac_ids = '', relation = '' } = row
      const own = `acw/${source}/${source_record_id}`
      const battles = cwsac_ids.split('|').filter((id) => id !== '')
      if (['<', 'lt'].includes(relation)) expected.push(`${own} in acw/${battles[0]}`)
      else if (relation === 'gt' || (relation === 'eq' && battles.length > 1))
        for (const battle of battles) expected.push(`acw/${battle} in ${own}`)
    }
    const said = [...timeline.reports({ kind: 'part-of-engagement' })].map(
      ({ account, report }) => {
        expect(account).toBe('acw-crosswalk')
        return `${report.claim.part} in ${report.claim.whole}`
      },
    )
    expect(said.sort()).toEqual(expected.sort())
    const view = timeline.at({ valid: AFTER })
    const key = { engagement: 'acw/MS011', account: 'acw-crosswalk' }
    expect(view.state(engagements, key).state.parts.toSorted()).toEqual([
      'acw/clodfelter2008/Vicksburg (first assault)',
      'acw/clodfelter2008/Vicksburg (second assault)',
      'acw/livermore1900/26',
    ])
  })

  test('sources name different victors, start dates and Union losses where the rows do', async ({
    skip,
  }) => {
    if (data === null) return skip(NO_DATA)
    const timeline = await imported(data)
    const [states, rows] = [fromStates(timeline), fromRows(rowsIn(data))]

    expect(differ(states.victors)).toEqual(differ(rows.victors))
    expect(differ(states.victors)).toMatchObject({ told: 220, differ: { length: 12 } })
    expect(states.victors).toEqual(rows.victors)
    const sided = only(states.victors, (side) => side !== 'neither')
    expect(differ(sided)).not.toEqual(differ(rows.victors))

    expect(differ(states.starts, ASIDE)).toEqual(differ(rows.starts, ASIDE))
    expect(differ(states.starts, ASIDE)).toMatchObject({ told: 223, differ: { length: 47 } })

    expect(differ(states.losses)).toEqual(differ(rows.losses))
    expect(differ(states.losses)).toMatchObject({ told: 198, differ: { length: 152 } })
    // Zeros are no figures to the compilation's own count.
    const inStates = only(states.losses, (n) => n > 0)
    const inRows = only(rows.losses, (n) => n > 0)
    expect(differ(inStates, ASIDE)).toEqual(differ(inRows, ASIDE))
    expect(differ(inStates, ASIDE)).toMatchObject({ told: 180, differ: { length: 110 } })
  })
})
