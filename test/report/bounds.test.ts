import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Bounds, boundsOf } from '../../src/report/bounds.js'
import type { Report, Timed } from '../../src/report/types.js'
import { BEGIN, END, type Instant, instant } from '../../src/time/instant.js'
import type { SaidEnd, SaidTime } from '../../src/time/said.js'

/** What a report says of its times, in small integers; `null` bounds are open. */
interface Told {
  readonly start?: { readonly from: number | null; readonly to: number | null }
  readonly end?: { readonly from: number | null; readonly to: number | null } | 'open' | 'unknown'
  /** Absent: the log's own stamp stands in. */
  readonly published?: { readonly from: number; readonly to: number }
  readonly recorded: number
  readonly marks: Timed
}

type Form = Pick<Report, 'claim' | 'start' | 'end' | 'published'>

const said = ({ from, to }: { from: number | null; to: number | null }): SaidTime => ({
  wording: '',
  zone: 'UTC',
  granule: 'range',
  from: from === null ? null : instant(from),
  to: to === null ? null : instant(to),
})

function formOf({ start, end, published, marks }: Told): Form {
  const saidEnd: SaidEnd | undefined =
    typeof end === 'string'
      ? { end, wording: '' }
      : end === undefined
        ? end
        : { end: 'at', ...said(end) }
  return {
    claim: { kind: 'control', ...marks } as Report['claim'],
    ...(start && { start: said(start) }),
    ...(saidEnd && { end: saidEnd }),
    ...(published && { published: said(published) }),
  }
}

/** Picks are tried from one far below all bounds to one far above; open bounds reach these. */
const [LOW, HIGH] = [-40, 60]
const LINE = Array.from({ length: HIGH - LOW }, (_, i) => LOW + i)
/** Where picks are compared: far enough inside for the ends of the line not to be felt. */
const MIDDLE = LINE.slice(20, -20)

interface Picked {
  readonly start: number
  /** `null` where there is no end, or an open one. */
  readonly end: number | null
}

type Rule = (pick: Picked) => boolean

/** The rules a pick keeps (RULINGS 1, 4, 8, 9), one by one. */
function rulesOf({ start, end, published, recorded, marks }: Told) {
  const spoke = published === undefined ? recorded : published.to - 1
  const within = (at: number, { from, to }: { from: number | null; to: number | null }) =>
    (from ?? LOW) <= at && at < (to ?? HIGH)
  const stretch = marks.throughout === true && marks.mode !== 'change' && start?.from != null
  const startSaid: Rule = (pick) => within(pick.start, start ?? { from: null, to: spoke + 1 })
  const fromItsFirst: Rule = (pick) => !stretch || pick.start === start?.from
  const toldAsPast: Rule = (pick) => marks.expected === true || pick.start <= spoke
  const endSaid: Rule = (pick) =>
    pick.end === null ||
    within(pick.end, typeof end === 'object' ? end : { from: null, to: spoke + 1 })
  const inOrder: Rule = (pick) => pick.end === null || pick.start < pick.end
  return { said: [startSaid, fromItsFirst], past: toldAsPast, end: [endSaid, inOrder] }
}

function picks(rules: readonly Rule[], ends: readonly (number | null)[]): Picked[] {
  return LINE.flatMap((start) => ends.map((end) => ({ start, end }))).filter((pick) =>
    rules.every((rule) => rule(pick)),
  )
}

interface Expected {
  readonly picks: readonly Picked[]
  readonly inconsistent: boolean
  readonly ended: boolean
}

/**
 * All picks that keep every rule. Where none does, the cut at publication gives way first if the
 * start alone breaks it (a log's own stamp does so silently), then the end.
 */
function expectedOf(told: Told): Expected {
  const { said, past, end } = rulesOf(told)
  const hasEnd = told.end !== undefined && told.end !== 'open'
  const late = picks([...said, past], [null]).length === 0
  const kept = late ? said : [...said, past]
  const inconsistent = late
  if (!hasEnd) return { picks: picks(kept, [null]), inconsistent, ended: false }
  const both = picks([...kept, ...end], LINE)
  return both.length > 0
    ? { picks: both, inconsistent, ended: true }
    : { picks: picks(kept, [null]), inconsistent: true, ended: false }
}

const sorted = (of: Iterable<number>) => [...new Set(of)].sort((a, b) => a - b)
const inMiddle = (of: Iterable<number>) => sorted(of).filter((at) => MIDDLE.includes(at))
const inWindow = (from: number, to: number) => MIDDLE.filter((at) => from <= at && at < to)

const bound = fc.integer({ min: 0, max: 9 })
const windows = fc
  .record({ from: fc.option(bound), width: fc.option(fc.integer({ min: 1, max: 5 })) })
  .filter(({ from, width }) => from !== null || width !== null)
  .map(({ from, width }) => ({ from, to: width === null ? null : (from ?? 4) + width }))

const tolds: fc.Arbitrary<Told> = fc.record(
  {
    start: windows,
    end: fc.oneof(windows, fc.constantFrom<'open' | 'unknown'>('open', 'unknown')),
    published: fc
      .record({ from: bound, width: fc.integer({ min: 1, max: 3 }) })
      .map(({ from, width }) => ({ from, to: from + width })),
    recorded: bound,
    marks: fc.record(
      {
        mode: fc.constantFrom<'change' | 'observation'>('change', 'observation'),
        throughout: fc.constant<true>(true),
        expected: fc.constant<true>(true),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['recorded', 'marks'] },
)

type Bounder = (form: Form, recorded: Instant) => Bounds

function areThePicks(bounder: Bounder): void {
  const property = fc.property(tolds, (told) => {
    const found = bounder(formOf(told), instant(told.recorded))
    const expected = expectedOf(told)
    const { earliest, latest, endFrom, endTo } = found
    expect(found.inconsistent).toBe(expected.inconsistent)
    expect(earliest).toBeLessThan(latest)
    expect(inWindow(earliest, latest)).toEqual(inMiddle(expected.picks.map((pick) => pick.start)))
    if (!expected.ended) {
      expect([endFrom, endTo]).toEqual([END, END])
      return
    }
    expect(endFrom).toBeLessThan(endTo)
    expect(inWindow(endFrom, endTo)).toEqual(inMiddle(expected.picks.map((pick) => pick.end!)))
    // Nothing but the order of the two is left to say of a pick inside both windows.
    const starts = inWindow(earliest, latest)
    const ends = inWindow(endFrom, endTo)
    const pairs = new Set(expected.picks.map(({ start, end }) => `${start} ${end}`))
    for (const start of starts)
      for (const end of ends) expect(pairs.has(`${start} ${end}`)).toBe(start < end)
  })
  fc.assert(property, { numRuns: 500 })
}

describe('the bounds of a report', () => {
  test('are exactly the picks with the start told as past and before the end', () =>
    areThePicks(boundsOf))

  test('are wrong without the cut at publication', () => {
    const uncut: Bounder = (form, recorded) =>
      boundsOf({ ...form, claim: { ...form.claim, expected: true } }, recorded)
    expect(() => areThePicks(uncut)).toThrow()
  })

  test('are wrong where the end may come with the start', () => {
    const together: Bounder = (form, recorded) => {
      const bounds = boundsOf(form, recorded)
      const from = form.end?.end === 'at' ? (form.end.from ?? BEGIN) : bounds.endFrom
      return { ...bounds, endFrom: from }
    }
    expect(() => areThePicks(together)).toThrow()
  })

  test('are wrong where the last start leaves no room for the end', () => {
    const roomless: Bounder = (form, recorded) => {
      const bounds = boundsOf(form, recorded)
      return {
        ...bounds,
        latest: boundsOf({ ...form, end: { end: 'open', wording: '' } }, recorded).latest,
      }
    }
    expect(() => areThePicks(roomless)).toThrow()
  })

  const of = (told: Partial<Told>) => {
    const whole = { recorded: 100, marks: {}, ...told }
    return boundsOf(formOf(whole), instant(whole.recorded))
  }

  test('of an unstated start reach up to the publication and with it', () => {
    expect(of({ published: { from: 40, to: 50 } })).toMatchObject({ earliest: BEGIN, latest: 50 })
    expect(of({})).toMatchObject({ earliest: BEGIN, latest: 101 })
  })

  test('of a stretch begin at its first instant and support to its last', () => {
    const stretch = { start: { from: 10, to: 20 }, marks: { throughout: true } } as const
    expect(of(stretch)).toMatchObject({ earliest: 10, latest: 11, supportTo: 19 })
    expect(of({ ...stretch, published: { from: 14, to: 15 } })).toMatchObject({ supportTo: 14 })
    const change = { ...stretch, marks: { throughout: true, mode: 'change' } } as const
    expect(of(change)).toMatchObject({ latest: 20, supportTo: 19 })
  })

  test('of an unknown end reach no later than the publication', () => {
    const ended = of({
      start: { from: 10, to: 20 },
      end: 'unknown',
      published: { from: 30, to: 31 },
    })
    expect(ended).toMatchObject({ earliest: 10, latest: 20, endFrom: 11, endTo: 31 })
  })

  test('of an expected start reach beyond the publication', () => {
    const told = { start: { from: 40, to: 50 }, published: { from: 30, to: 31 } }
    expect(of({ ...told, marks: { expected: true } })).toMatchObject({
      earliest: 40,
      latest: 50,
      inconsistent: false,
    })
    expect(of(told)).toMatchObject({ earliest: 40, latest: 50, inconsistent: true })
  })

  test('stand as said where the log alone is older than what it was told', () => {
    expect(of({ start: { from: 140, to: 150 } })).toMatchObject({
      earliest: 140,
      latest: 150,
      inconsistent: true,
    })
  })
})
