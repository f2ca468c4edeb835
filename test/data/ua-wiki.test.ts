/**
 * Two clocks: what Wikipedia's list of towns said, by the time at which it was captured, imported
 * with the example mappings and held to plain code over the rows.
 */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openTimeline } from '../../src/index.js'
import { dataFolder, NO_DATA, rowsOf } from './folder.js'
import {
  answered,
  expected,
  faults,
  importCsv,
  mapping,
  newLog,
  placesOf,
  reopened,
  reportId,
  SIDES,
  type Told,
} from './ua-wiki-log.js'
import { kyivDay, wikiRows } from './ua-wiki-rows.js'

const data = dataFolder('ua-wiki-cities-2022')

/** The rows of the file and a log of them, made once for the tests that read it. */
let whole: Promise<Told & { csv: string }> | undefined
async function imported(folder: string): Promise<Told & { csv: string }> {
  const csv = join(folder, 'reports.csv.gz')
  const log = await newLog()
  await importCsv(log, csv, mapping('names'))
  const rows = wikiRows(rowsOf(csv))
  const timeline = await openTimeline({ log, readonly: true })
  const places = placesOf(timeline, rows)
  await timeline.close()
  return { csv, log, rows, places, sides: SIDES }
}

describe('Wikipedia, by names of towns', () => {
  test('each row is one report; a second import adds nothing', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    whole ??= imported(data)
    const { csv, log, rows, places } = await whole
    expect(rows).toHaveLength(9_109)
    // 553 keys, of which Lukyanivka and Luk’yanivka are one id.
    expect(new Set(places.values()).size).toBe(552)
    const { head } = await reopened(log)
    expect(await importCsv(log, csv, mapping('names'))).toMatchObject({ appended: 0, head })
  })

  test('just after each capture, "then" is the last row captured by then', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    whole ??= imported(data)
    const told = await whole
    expect(faults(await reopened(told.log), told)).toEqual([])
  })

  test('Kherson within two hours of 11 November', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    whole ??= imported(data)
    const { log, rows, places } = await whole
    const timeline = await reopened(log)
    const told = ['15:00', '15:30', '16:30', '17:00'].map((clock) => {
      const valid = `2022-11-11T${clock}Z`
      const view = timeline.at({ valid, published: 'then' })
      const answer = answered(view.place(places.get('Kherson|') ?? ''))
      const last = rows.filter(
        ({ name, captured }) => name === 'Kherson' && captured <= Date.parse(valid),
      )
      expect(answer).toEqual(expected(last.at(-1), SIDES))
      return answer.holder
    })
    expect(told).toEqual([['russia'], ['ukraine'], ['russia'], ['ukraine']])
  })

  test('times are the as-of date and the capture, words what stands in place of a date', async ({
    skip,
  }) => {
    if (data === null) return skip(NO_DATA)
    whole ??= imported(data)
    const { log, rows } = await whole
    const timeline = await reopened(log)
    const said = new Map([...timeline.reports({ kind: 'control' })].map((one) => [one.id, one]))
    const told = rows.map((row) => {
      const { report, published } = said.get(reportId(row)) ?? {}
      return {
        published: Date.parse(published ?? ''),
        start: report?.start && [report.start.from, report.start.to],
        words: report?.start?.words ?? null,
        status: report?.claim.status ?? '',
        batch: report?.batch,
      }
    })
    expect(told).toEqual(
      rows.map(({ captured, asOf, words, gone, cell }) => ({
        published: captured,
        start:
          asOf === null && words === null && !gone
            ? undefined
            : [asOf === null ? null : kyivDay(asOf), captured],
        words,
        status: cell,
        batch: `wiki-cities-2022/${new Date(captured).toISOString().replace('.000', '')}`,
      })),
    )
    expect(rows.filter(({ words }) => words !== null)).toHaveLength(10)
  })

  test('the words and the link are a citation, which lies beside the report', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    whole ??= imported(data)
    const { log, rows } = await whole
    const timeline = await reopened(log)
    const said = new Map([...timeline.reports({ kind: 'control' })].map((one) => [one.id, one]))
    for (const row of rows) {
      const { citation, report } = said.get(reportId(row)) ?? {}
      const { claim: text, url } = row
      const cited = { ...(url === '' ? {} : { url }), ...(text === '' ? {} : { text }) }
      expect(citation ?? {}).toEqual(cited)
      expect(report?.parts?.citation === undefined).toBe(Object.keys(cited).length === 0)
    }
  })

  test('the source has its licence and credit line', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    whole ??= imported(data)
    const { log } = await whole
    const sources = (await reopened(log)).registry().sources()
    const source = sources.find(({ id }) => id === 'wikipedia')
    expect(source?.fields.licence).toContain('CC BY-SA 3.0')
    expect(source?.fields.credit).toContain('Wikipedia contributors')
  })
})
