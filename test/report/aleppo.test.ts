import { describe, expect, test } from 'vitest'
import { seal } from '../../src/integrity/seal.js'
import { boundsOf } from '../../src/report/bounds.js'
import type { Draft } from '../../src/report/door.js'
import type { Report } from '../../src/report/types.js'
import { aleppo } from '../../src/testing/aleppo.js'
import { instant } from '../../src/time/instant.js'
import { doorWith } from './support.js'

const door = doorWith()
const zoneOf = () => 'Asia/Damascus'
const drafts = aleppo.all.map((report, index) => door.read(report, { zoneOf, index }))
const named = (id: string) => {
  const draft = drafts.find(({ report }) => report.id === `masdar-2015-11-12/${id}`)
  if (draft === undefined) throw new Error(`no report ${id}`)
  return draft
}
const damascus = (clock: string) => Date.parse(`2015-11-12T${clock}+02:00`)
const windowOf = ({ report }: Draft) => {
  const { earliest, latest } = boundsOf(report as unknown as Report, instant(0))
  return [earliest, latest]
}
const entered = (kind: string) =>
  drafts.flatMap(({ report: { claim } }) => (claim.kind === kind ? String(claim[kind]) : [])).sort()

describe('the day south of Aleppo', () => {
  test('has exactly the places, sources and actors of the case', () => {
    expect(entered('place')).toEqual([
      'al-eiss',
      'al-eiss-western-flank',
      'al-hadher',
      'al-hadher-national-hospital',
      'aleppo-damascus-highway',
      'khirbat-al-muhal',
      'tal-bajjar',
    ])
    expect(entered('source')).toEqual([
      'al-masdar',
      'al-masdar/activists',
      'al-masdar/embedded-journalist',
      'al-masdar/ground-source',
    ])
    expect(entered('actor')).toEqual([
      'ahrar-al-sham',
      'baath-battalions',
      'government-and-allies',
      'harakat-al-nujaba',
      'hezbollah',
      'iranian-units',
      'iraqi-units',
      'kataib-hezbollah',
      'liwa-abu-fadl-al-abbas',
      'liwa-fatemiyoun',
      'ndf-aleppo',
      'nour-al-din-al-zinki',
      'opposition',
      'saa-4th-mechanized-division',
      'suqour-al-sham',
    ])
  })

  test('refers to nothing that was not entered before', () => {
    const known = new Set<string>()
    for (const { report, references } of drafts) {
      const { places = [], actors = [], sources = [] } = references
      for (const id of [...places, ...actors, ...sources]) expect(known).toContain(id)
      const { kind } = report.claim
      if (['place', 'actor', 'source'].includes(kind)) known.add(String(report.claim[kind]))
    }
  })

  test('is one report per thing said, each with an id of its own, published at nine', () => {
    const ids = drafts.map((draft) => seal(draft).id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { report } of drafts)
      if (report.attribution.length > 0) {
        expect(report.published?.to).toBe(damascus('21:00') + 1)
        expect(report.attribution[0]).toEqual({ source: 'al-masdar' })
      }
  })

  test.each([
    ['1', '00:00', '05:00'],
    ['2/assault', '06:00', '12:00'],
    ['2/control', '06:00', '12:00'],
    ['3/breakthrough', '11:15', '11:45'],
    ['3/hospital', '11:15', '12:00'],
    ['4/assault', '11:15', '20:00'],
    ['4/khirbat-al-muhal', '11:15', '20:00'],
    ['4/tal-bajjar', '11:15', '20:00'],
    ['5', '12:00', '20:00'],
    ['6', '12:00', '20:00'],
    ['7a', '12:00', '20:00'],
    ['7b', '12:00', '20:00'],
    ['8', '12:00', '20:00'],
    ['9/assault', '12:00', '20:00'],
  ])('puts %s between %s and %s', (id, from, to) => {
    expect(windowOf(named(id))).toEqual([damascus(from), damascus(to)])
  })

  test('says what the case says, by whom it says it', () => {
    const three = ['hezbollah', 'iranian-units', 'iraqi-units']
    const claims = (id: string) => named(id).report.claim
    const voice = (id: string) => named(id).report.attribution.map(({ source }) => source)
    expect(claims('1').holder).toEqual({
      actors: ['ahrar-al-sham', 'nour-al-din-al-zinki', 'suqour-al-sham'],
    })
    expect(claims('2/control')).toMatchObject({ mode: 'change', holder: { extent: 'full' } })
    expect(voice('3/hospital')).toEqual(['al-masdar', 'al-masdar/embedded-journalist'])
    expect(claims('6').holder).toEqual({ actors: three, extent: 'full' })
    expect(voice('6')).toEqual(['al-masdar', 'al-masdar/activists'])
    for (const id of ['7a', '7b']) {
      expect(claims(id).contest).toEqual(['ahrar-al-sham', ...three])
      expect(claims(id).mode).toBeUndefined()
      expect(voice(id)).toEqual(['al-masdar', 'al-masdar/ground-source'])
    }
    expect(claims('7b').fireControl).toEqual(three)
    expect(claims('8').holder).toBeUndefined()
    expect(claims('8').threat).toHaveLength(6)
    expect(claims('9/assault')).toMatchObject({
      basis: 'assessed',
      engagement: claims('5').engagement,
    })
    expect(named('9/assault').hidden.summary).toContain('Most of the fighting')
  })

  test('sets no control at Al-Eiss by its engagement', () => {
    expect(named('5').report.claim.kind).toBe('engagement')
  })
})
