import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { fold, type Named, nearest, search } from '../../src/registry/names.js'

const PLACES: readonly Named[] = [
  { id: 'al-hadher', names: ['Al-Hadher', 'Al Hadir', 'الحاضر'] },
  { id: 'al-hadher-national-hospital', names: ['National Hospital'] },
  { id: 'al-eiss', names: ["Al-'Eiss", 'Tell el-ʿIs'] },
  { id: 'al-eiss-western-flank', names: ["western flank of Al-'Eiss"] },
  { id: 'khirbat-al-muhal', names: ['Khirbat al-Muhal'] },
  { id: 'debaltseve', names: ['Debaltseve', 'Дебальцеве'] },
]

const ids = async (query: string) => (await search(query, PLACES)).map(({ id }) => id)

/** Names as people write them, and as nobody does. */
const name = fc.oneof(
  fc.constantFrom(...PLACES.flatMap(({ id, names }) => [id, ...names])),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        'al',
        'Hâder',
        "Ka'tib",
        '-',
        ' ',
        'ʿIs',
        'İ',
        'ß',
        '´',
        'Σ',
        'й',
        'عين',
        'أ',
      ),
    )
    .map((parts) => parts.join('')),
)
const known = fc
  .uniqueArray(fc.record({ id: name, names: fc.array(name, { maxLength: 4 }) }), {
    selector: ({ id }) => id,
    maxLength: 8,
  })
  .chain((entries) =>
    fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
  )

describe('folding', () => {
  test.each([
    ['Al-Hâder', 'al hader'],
    ["Al-'Eiss", 'al eiss'],
    ['Al-‘Eiss', 'al eiss'],
    ['Tell el-ʿĪs', 'tell el is'],
    ["Kata'ib  Hezbollah ", 'kataib hezbollah'],
    ['Kataʾib_Hezbollah', 'kataib hezbollah'],
    ['ÎLE (north)', 'ile north'],
    ['İdlib', 'idlib'],
    ['Зайцеве', 'заицеве'],
    ['ﬁeld', 'field'],
    ['أحرار', 'احرار'],
    ["'-'", ''],
  ])('%s is compared as "%s"', (written, folded) => {
    expect(fold(written)).toBe(folded)
  })

  property.prop([name])('folding twice changes nothing more', (written) => {
    expect(fold(fold(written))).toBe(fold(written))
  })

  property.prop([name])('case and composition make no difference', (written) => {
    expect(fold(written.normalize('NFC'))).toBe(fold(written))
    expect(fold(written.normalize('NFD'))).toBe(fold(written))
  })
})

describe('searching', () => {
  test.each([
    'al-hadher',
    'Al Hader',
    'Hâder',
    'al-hadher ',
    'AL-HADER',
    'el hadher',
    'Hadhr',
    'Al Hadir',
  ])('%s finds al-hadher first', async (query) => {
    expect((await ids(query))[0]).toBe('al-hadher')
  })

  test('a name in another script finds its entry', async () => {
    expect(await ids('الحاضر')).toEqual(['al-hadher'])
    expect(await ids('дебальцево')).toEqual(['debaltseve'])
  })

  test('another spelling finds its entry', async () => {
    expect(await ids('debaltzevo')).toEqual(['debaltseve'])
  })

  test('closest first: as written, folded, as a beginning, by words, by near spelling', async () => {
    const entries = [
      { id: '5', names: ['al-eisz'] },
      { id: '4', names: ['south of al Eiss'] },
      { id: '3', names: ['al-Eiss north'] },
      { id: '2', names: ['Al ʿEiss'] },
      { id: '1', names: ['al-Eiss'] },
    ]
    expect((await search('al-Eiss', entries)).map(({ id }) => id)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ])
  })

  test('a match says which name it was and how far', async () => {
    expect(await search('Hadherr', PLACES)).toEqual([
      { id: 'al-hadher', name: 'Al-Hadher', distance: 1 },
    ])
  })

  test('words of a name in any order find it', async () => {
    expect(await ids('hospital hadher')).toEqual(['al-hadher-national-hospital'])
  })

  test('what is nothing like any name finds none', async () => {
    expect(await ids('Sevastopol')).toEqual([])
    expect(await ids('x')).toEqual([])
    expect(await ids('')).toEqual([])
    expect(await ids("'")).toEqual([])
  })

  test('several places of one name are all found, by id', async () => {
    const entries = ['c', 'a', 'b'].map((id) => ({ id, names: ['Novoselivka'] }))
    expect((await search('novoselivka', entries)).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  property.prop([known, fc.nat(), fc.nat()])(
    'an exact alias is always first',
    async ([entries], n, m) => {
      fc.pre(entries.length > 0)
      const entry = entries[n % entries.length]
      const all = [entry?.id ?? '', ...(entry?.names ?? [])]
      const alias = all[m % all.length] ?? ''
      const [first] = await search(alias, entries)
      expect(first).toMatchObject({ name: alias, distance: 0 })
      const found = (await search(alias, entries)).filter((match) => match.name === alias)
      expect(found.map(({ id }) => id)).toContain(entry?.id)
    },
  )

  property.prop([known, name])(
    'the order in which names are known makes no difference',
    async ([entries, shuffled], query) => {
      const turned = shuffled.map(({ id, names }) => ({ id, names: [...names].reverse() }))
      expect(await search(query, turned)).toEqual(await search(query, entries))
    },
  )

  property.prop([known, name])(
    'each entry is found once, by a name of its own',
    async ([entries], query) => {
      const found = await search(query, entries)
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
      for (const { id, name } of found) {
        const entry = entries.find((one) => one.id === id)
        expect([entry?.id, ...(entry?.names ?? [])]).toContain(name)
      }
    },
  )
})

describe('the nearest names of a refusal', () => {
  test('are few, and the closest', async () => {
    const entries = Array.from({ length: 20 }, (_, n) => ({ id: `tal-${n}`, names: [`Tal ${n}`] }))
    expect(await nearest('Tal', entries)).toHaveLength(5)
    expect(await nearest('Tal 7', entries, 2)).toEqual([
      { id: 'tal-7', name: 'Tal 7', distance: 0 },
      { id: 'tal-0', name: 'Tal 0', distance: 1 },
    ])
    expect(await nearest('Kharkiv', entries)).toEqual([])
  })

  property.prop([known, name, fc.nat({ max: 9 })])(
    'are the first of the search',
    async ([entries], query, most) => {
      expect(await nearest(query, entries, most)).toEqual(
        (await search(query, entries)).slice(0, most),
      )
    },
  )
})
