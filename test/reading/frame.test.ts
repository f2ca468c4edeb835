import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { control } from '../../projections/index.js'
import type { FacetReading, Frame, View } from '../../src/index.js'
import { histories } from '../../src/testing/arbitraries.js'
import { readings } from '../../src/testing/arbitraries-readings.js'
import { Bench, subject } from '../../src/testing/laws/subject.js'
import { plain } from '../../src/testing/plain.js'
import { seeded } from '../laws/run.js'
import { at } from '../support.js'

const runs = seeded('frames')
const cases = histories().chain((history) => fc.tuple(fc.constant(history), readings(history)))

interface Cell {
  readonly settled: unknown
  readonly certain: boolean
  readonly supportedAt: string | null
  readonly byDefault: boolean
  readonly carrier: string | null
}

const SILENT: Cell = {
  settled: null,
  certain: true,
  supportedAt: null,
  byDefault: false,
  carrier: null,
}

/** Every cell of a frame by place, account and facet, those that say nothing left out. */
function cellsOf(frame: Frame, idAt: (position: number) => string): Map<string, Cell> {
  const cells = new Map<string, Cell>()
  for (let row = 0; row < frame.size; row++)
    for (const facet of frame.facets) {
      const column = frame.column[facet]!
      const supported = column.supportedAt[row]!
      const carrier = column.carrier[row]!
      const cell: Cell = {
        settled: frame.values[column.settled[row]!],
        certain: column.certain[row] === 1,
        supportedAt: Number.isNaN(supported) ? null : said(supported),
        byDefault: column.byDefault[row] === 1,
        carrier: carrier === 0 ? null : idAt(carrier),
      }
      const place = frame.places[frame.place[row]!]
      const account = frame.accounts[frame.account[row]!]
      if (JSON.stringify(cell) !== JSON.stringify(SILENT))
        cells.set(`${place} ${account} ${facet}`, cell)
    }
  return cells
}

function said(instant: number): string {
  return Number.isFinite(instant) ? new Date(instant).toISOString() : '..'
}

/** The same, asked key by key. */
function statesOf(view: Pick<View, 'keys' | 'state'>, places: readonly string[]) {
  const cells = new Map<string, Cell>()
  const keys = new Map(view.keys(control).map((key) => [`${key.place} ${key.account}`, key]))
  expect(new Set([...keys.values()].map(({ place }) => place))).toEqual(
    new Set([...keys.values()].map(({ place }) => place).filter((one) => places.includes(one!))),
  )
  for (const [text, key] of keys)
    for (const [facet, at] of Object.entries(view.state(control, key).facets))
      cells.set(`${text} ${facet}`, cellOf(at))
  return cells
}

function cellOf(at: FacetReading): Cell {
  const settled = at.settled !== null
  return {
    settled: at.settled,
    certain: at.certainty === 'certain',
    supportedAt: at.supportedAt,
    byDefault: at.basis === 'default',
    carrier: settled ? at.evidence[0]! : null,
  }
}

describe('a frame', () => {
  test('holds of every place, account and facet what is read of each alone', async () => {
    let cells = 0
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { engine } = await Bench.holding(subject(), history)
        const places = engine.registry().places()
        const ids = places.map(({ id }) => id)
        const idAt = (position: number) =>
          [...engine.reports({ after: position - 1, upTo: position })][0]!.id
        for (const valid of [reading.valid, ...[4, 9, 16, 30, 59].map(at)]) {
          const view = engine.at({ ...reading, valid }) as View
          const before = statesOf(view, ids)
          expect(cellsOf(view.frame(), idAt)).toEqual(before)
          // The frame laid the rows out anew: what is read of each must not have moved.
          expect(statesOf(view, ids)).toEqual(before)
          expect(cellsOf((engine.at(view.token) as View).frame(), idAt)).toEqual(before)
          cells += before.size
        }
        await engine.close()
      }),
      runs,
    )
    expect(cells).toBeGreaterThan(100)
  })

  test('stays what it was, whatever comes before it is looked at', async () => {
    let cells = 0
    await fc.assert(
      fc.asyncProperty(cases, async ([history, { valid }]) => {
        const bench = await Bench.open(subject())
        const { engine } = bench
        const half = history.commits.length >>> 1
        await bench.write(history, 0, half)
        const idAt = (position: number) =>
          [...engine.reports({ after: position - 1, upTo: position })][0]!.id
        const view = engine.at({ valid }) as View
        const [seen, kept] = [view.frame(), view.frame()]
        const before = cellsOf(seen, idAt)
        await bench.write(history, half)
        // Lays all rows out anew.
        ;(engine.at({ valid }) as View).frame()
        expect(cellsOf(kept, idAt)).toEqual(before)
        cells += before.size
        await engine.close()
      }),
      runs,
    )
    expect(cells).toBeGreaterThan(20)
  })

  test('comes by place, then by account, in the order of their bytes', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { engine } = await Bench.holding(subject(), history)
        const { size, place, account, places, accounts } = (engine.at(reading) as View).frame()
        const bytes = (texts: readonly string[]) => texts.map((text) => Buffer.from(text))
        for (const texts of [bytes(places), bytes(accounts)])
          expect(texts).toEqual([...texts].sort(Buffer.compare))
        const rows = Array.from({ length: size }, (_, i) => [place[i]!, account[i]!] as const)
        const sorted = [...rows].sort(([a, b], [c, d]) => a - c || b - d)
        expect(rows).toEqual(sorted)
        expect(new Set(rows.map(String)).size).toBe(size)
        await engine.close()
      }),
      runs,
    )
  })

  test('of places, one by one, is what each view of a place says', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { engine } = await Bench.holding(subject(), history)
        const view = engine.at(reading)
        const places = engine.registry({ known: view.reading.known }).places()
        const ids = places.map(({ id }) => id)
        const told = ids.map((id) => view.place(id)).filter(({ accounts }) => accounts.length > 0)
        const bytes = (id: string) => Buffer.from(id)
        told.sort((a, b) => Buffer.compare(bytes(a.place), bytes(b.place)))
        const all = [...view.places()]
        const settled = (views: typeof told) =>
          views.map((one) => one.accounts.map(({ account, control }) => [account, control]))
        expect(settled(all)).toEqual(settled(plain(told)))
        expect(plain(all)).toEqual(plain(told))
        await engine.close()
      }),
      runs,
    )
  })
})
