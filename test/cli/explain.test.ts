import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Explanation } from '../../src/index.js'
import { answered, inside, refused } from './inside.js'
import { folder } from './program.js'

const EVENING = '2015-11-12T20:00+02:00'

let log: string
const why = async (...args: string[]) => {
  const { code, stdout, stderr } = await inside([
    ...['explain', ...args, '--zone', 'Asia/Damascus', '--log', log],
  ])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

beforeAll(async () => {
  log = join(folder(), 'aleppo.db')
  await inside(['demo', '--log', log])
})

describe('explain', () => {
  test('tells who says what through whom, in whose words, when, and where it is found', async () => {
    const text = await why('al-eiss', '--at', EVENING)
    expect(text).toMatch(/^Al-'Eiss \(al-eiss\) · disputed$/m)
    expect(text).toMatch(/cannot both be right on fighting for\s+it, though both have the same/)
    expect(text).toContain('Held fully by Hezbollah, Iranian units, Iraqi units: certain.')
    expect(text).toContain('It rests on 1 report:')
    expect(text).toContain(
      'activists, relayed by Al-Masdar News; published 12 November 2015, 21:00',
    )
    expect(text).toContain('a change on 12 November 2015 between 12:00 and 20:00')
    expect(text).toContain('“fully captured”')
    expect(text).toContain('report masdar-2015-11-12/6')
    expect(text).toContain('activists: not named, on the side of Government and allies')
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  test('tells between what nothing is decided, and whose word would decide it', async () => {
    const text = await why('al-eiss', '--at', EVENING, '--facet', 'contest')
    expect(text).toContain('Undecided: accounts differ.')
    expect(text).toMatch(/Quiet, according to\n[\s\S]*if ground source \(Al-Masdar News\) said so/)
    expect(text).toMatch(/Contested by Ahrar[\s\S]*if activists \(Al-Masdar News\) said so too/)
    expect(text).not.toContain('Who holds it')
  })

  test('tells what lost and to which rule', async () => {
    const text = await why('al-eiss', '--at', EVENING, '--resolver', 'cautious')
    expect(text).toMatch(/Against it:\n {4}Quiet, according to\n/)
    expect(text).toContain('It does not prevail:')
  })

  test('tells what is not counted, why, and what would show it', async () => {
    const then = await why('al-eiss', '--at', EVENING, '--then')
    expect(then).toContain('Nothing that this reading counts says anything of it.')
    expect(then).toMatch(/Published only on 12 November 2015, 21:00: it counts from --published\s/)
    const early = await why('al-hadher', '--at', EVENING, '--known', '23')
    expect(early).toContain('counts from --known 25 on')
    const without = await why('al-eiss', '--at', EVENING, '--not-account', 'al-masdar/activists')
    expect(without).toContain('Left out by the choice of accounts')
    const morning = await why('al-hadher', '--at', '2015-11-12T05:30+02:00')
    expect(morning).toMatch(/speaks of later: it\s+may be so from 12 November 2015, 06:00 on/)
    const eleven = await why('al-hadher', '--at', '2015-11-12T11:00+02:00')
    expect(eleven).toMatch(/settled, but something else is\s+possible too/)
    expect(eleven).toContain('Possible instead, as Al-Masdar News tells it: held fully by')
    expect(eleven).toMatch(/and\s+certainly has by 12 November 2015, 12:00/)
  })

  test('tells who took a report back, and what ended an account’s word', async () => {
    const other = join(folder(), 'back.db')
    const file = join(folder(), 'back.jsonl')
    const said = { kind: 'control', place: 'bridge', mode: 'change', holder: 'reds' }
    const lines = [
      {
        id: 'a',
        claim: said,
        when: '2024-01-01T12:00Z',
        until: '2024-01-03T12:00Z',
        attribution: 'herald',
      },
      {
        id: 'b',
        claim: said,
        when: '2024-01-02T12:00Z',
        attribution: 'gazette',
        citation: { url: 'https://example.org/b' },
      },
      { id: 'c', claim: { kind: 'withdrawal', of: 'b' }, attribution: 'gazette' },
    ].map((report) => JSON.stringify({ ...report, published: '2024-01-05T12:00Z' }))
    writeFileSync(file, `${lines.join('\n')}\n`)
    expect((await inside(['record', file, '--register', '--log', other])).code).toBe(0)
    const { stdout } = await inside([
      'explain',
      'bridge',
      '--at',
      '2024-01-10T00:00Z',
      '--log',
      other,
    ])
    expect(stdout).toContain('herald says nothing of it any more: what it said has ended')
    expect(stdout).toMatch(/gazette: held by reds\. Taken back or replaced by gazette \(c\)/)
  })

  test('answers with the reports that it names as one document', async () => {
    const asked = ['explain', 'al-eiss', '--at', EVENING, '--log', log]
    const found = await answered<Explanation & { reports: Record<string, { position: number }> }>(
      asked,
    )
    expect(found.facets.contest?.support).toEqual(['masdar-2015-11-12/6', 'masdar-2015-11-12/7b'])
    expect(Object.keys(found.reports).sort()).toEqual([
      'masdar-2015-11-12/6',
      'masdar-2015-11-12/7b',
    ])
    expect(found).toMatchObject({ place: 'al-eiss', standing: 'disputed' })
  })

  test('refuses a facet or a place that there is not', async () => {
    const refusal = (...args: string[]) => refused(['explain', ...args, '--log', log])
    expect(await refusal('al-eiss', '--at', EVENING, '--facet', 'colour')).toMatchObject({
      code: 'usage',
    })
    expect(await refusal('al-ais', '--at', EVENING)).toMatchObject({ code: 'unknown-name' })
  })
})
