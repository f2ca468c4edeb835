import { describe, expect, test } from 'vitest'
import { isRashomonError, type Timeline } from '../../src/index.js'
import { at, control, openWorld } from '../support.js'

const voiding = (of: string, id: string) => ({ id, claim: { kind: 'void', of, reason: 'error' } })

/** The code with which an append is refused, or `taken`. */
const outcome = (timeline: Timeline, report: unknown): Promise<string> =>
  timeline.append(report).then(
    () => 'taken',
    (error: unknown) => (isRashomonError(error) ? error.code : String(error)),
  )

describe('what an append finds known', () => {
  test('is known no more once its entry is voided, and again once that is', async () => {
    const timeline = await openWorld()
    const said = (id: string) => control(id, 'herald', at(1), { place: 'ford', holder: ['reds'] })
    expect(await outcome(timeline, said('a'))).toBe('unknown-name')
    await timeline.append({ id: 'entry', claim: { kind: 'place', place: 'ford' } })
    expect(await outcome(timeline, said('a'))).toBe('taken')
    expect(await outcome(timeline, said('b'))).toBe('taken')
    await timeline.append(voiding('entry', 'v'))
    expect(await outcome(timeline, said('c'))).toBe('unknown-name')
    await timeline.append(voiding('v', 'w'))
    expect(await outcome(timeline, said('c'))).toBe('taken')
  })

  test('and the zone that local times are read in, follow the entries of a place', async () => {
    const timeline = await openWorld()
    const said = (id: string) =>
      control(id, 'herald', '1970-01-01', { holder: ['reds'] }, { published: at(86_400_000) })
    const zoneOf = (id: string) =>
      [...timeline.reports()].find((logged) => logged.id === id)?.report.start?.zone
    const enter = (id: string, zone: string) =>
      timeline.append({ id, claim: { kind: 'place', place: 'town', zone } })

    expect(await outcome(timeline, said('a'))).toBe('invalid-time')
    await enter('z1', 'Europe/Kyiv')
    expect(await outcome(timeline, said('a'))).toBe('taken')
    await enter('z2', 'Asia/Damascus')
    expect(await outcome(timeline, said('b'))).toBe('taken')
    await timeline.append([voiding('z1', 'v1'), voiding('z2', 'v2')])
    expect(await outcome(timeline, said('c'))).toBe('invalid-time')
    expect(['a', 'b'].map(zoneOf)).toEqual(['Europe/Kyiv', 'Asia/Damascus'])
  })
})
