import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRashomonError, openTimeline, type Timeline } from '../src/index.js'
import { histories, type ReportInput, reportsOf } from '../src/testing/index.js'
import { control, openWorld, WORLD } from './support.js'

const empty = () => openTimeline({ log: ':memory:', clock: () => 4e12 })

/**
 * A history out of order in places, some of it left out or told twice: some of it is refused. Voids
 * are left out: what they close, and what of the registry they hide, is a matter of whole commits.
 */
const disordered = histories().chain((history) => {
  const reports = reportsOf(history).filter(({ claim }) => claim.kind !== 'void')
  const fate = fc.record({ late: fc.nat(30), times: fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 1, 0, 2) })
  return fc.array(fate, { minLength: reports.length, maxLength: reports.length }).map((fates) =>
    reports
      .map((report, at) => ({
        report,
        ...fates[at]!,
        rank: at + Math.max(0, fates[at]!.late - 27),
      }))
      .sort((a, b) => a.rank - b.rank)
      .flatMap(({ report, times }) => Array.from({ length: times }, () => report)),
  )
})

/** What one append after another answers, the words of a refusal included. */
async function appended(timeline: Timeline, report: ReportInput): Promise<string> {
  try {
    const { duplicate } = await timeline.append(report)
    return duplicate ? 'again' : 'new'
  } catch (error) {
    if (isRashomonError(error)) return `${error.code} ${error.place.field}`
    throw error
  }
}

async function told(rehearsal: ReturnType<Timeline['rehearse']>, report: ReportInput) {
  const [foreseen] = await rehearsal.check([[{ report }]])
  if (foreseen === undefined) throw new Error('nothing was foreseen')
  if (foreseen.type === 'refused') return `${foreseen.error.code} ${foreseen.error.place.field}`
  return foreseen.outcomes[0] === 'new' ? 'new' : 'again'
}

describe('a rehearsal', () => {
  const foresees = (rehearse: (timeline: Timeline) => () => ReturnType<Timeline['rehearse']>) =>
    fc.asyncProperty(disordered, async (reports) => {
      const [rehearsed, real] = [await empty(), await empty()]
      const rehearsal = rehearse(rehearsed)
      for (const report of reports)
        expect(await told(rehearsal(), report)).toBe(await appended(real, report))
      expect(rehearsed.head).toBe(0)
    })

  test('foresees what each of many appends answers', async () => {
    const one = (timeline: Timeline) => {
      const rehearsal = timeline.rehearse({ thoughts: true })
      return () => rehearsal
    }
    await fc.assert(foresees(one), { numRuns: 80 })
  })

  test('one that forgets is caught, and one that keeps no reports for second thoughts', async () => {
    const forgetful = (timeline: Timeline) => () => timeline.rehearse({ thoughts: true })
    const thoughtless = (timeline: Timeline) => {
      const rehearsal = timeline.rehearse()
      return () => rehearsal
    }
    for (const broken of [forgetful, thoughtless])
      expect((await fc.check(foresees(broken), { numRuns: 150, endOnFailure: true })).failed).toBe(
        true,
      )
  })

  test('knows what the log holds, and leaves it as it is', async () => {
    const timeline = await openWorld()
    const report = control('a', 'herald', undefined, { holder: ['reds'] })
    await timeline.append(report)
    const rehearsal = timeline.rehearse()
    expect(await rehearsal.check([[{ report }]])).toMatchObject([{ outcomes: ['held'] }])
    const other = control('a', 'herald', undefined, { holder: ['blues'] })
    expect(await rehearsal.check([[{ report: other }]])).toMatchObject([
      { type: 'refused', error: { code: 'id-taken' } },
    ])
    expect(timeline.head).toBe(WORLD.length + 1)
  })

  test('of a group of which one is refused nothing is remembered', async () => {
    const timeline = await openWorld()
    const rehearsal = timeline.rehearse()
    const entry = { claim: { kind: 'place', place: 'ford' } }
    const bad = control('a', 'nobody', undefined, { holder: ['reds'] })
    const at = control('b', 'herald', undefined, { place: 'ford', holder: ['reds'] })
    const group = (...reports: unknown[]) => reports.map((report) => ({ report }))
    const [refused, unknown, entered, sound] = await rehearsal.check([
      group(entry, bad),
      group(at),
      group(entry),
      group(at),
    ])
    expect(refused).toMatchObject({ type: 'refused', error: { place: { report: 1 } } })
    expect(unknown).toMatchObject({ type: 'refused', error: { code: 'unknown-name' } })
    expect([entered?.type, sound?.type]).toEqual(['sound', 'sound'])
  })

  test('enters bare entries once where it is asked to', async () => {
    const timeline = await empty()
    const rehearsal = timeline.rehearse({ register: true })
    const report = (id: string) => ({
      report: control(id, 'herald', undefined, { holder: ['reds'] }),
    })
    const [first, second] = await rehearsal.check([[report('a')], [report('b')]])
    expect(first).toMatchObject({ registered: [{ id: 'town' }, { id: 'reds' }, { id: 'herald' }] })
    expect(second).toMatchObject({ registered: [] })
  })

  test('says the nearest names where one is unknown', async () => {
    const timeline = await openWorld()
    const rehearsal = timeline.rehearse()
    const report = control('a', 'heralt', undefined, { holder: ['reds'] })
    const [foreseen] = await rehearsal.check([[{ report }]])
    const error = foreseen?.type === 'refused' ? await rehearsal.explain(foreseen.error) : null
    expect(error).toMatchObject({ data: { nearest: [{ id: 'herald' }] } })
  })
})
