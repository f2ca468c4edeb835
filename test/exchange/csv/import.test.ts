import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appendRows, checkRows } from '../../../src/exchange/csv/append.js'
import { importCsv } from '../../../src/exchange/csv/import.js'
import { type Hooks, mappedRows } from '../../../src/exchange/csv/rows.js'
import { parseMapping } from '../../../src/exchange/csv/schema.js'
import type { Timeline } from '../../../src/index.js'
import {
  badRow,
  contentOf,
  csv,
  empty,
  file,
  gzip,
  HEADER,
  HELD,
  heldRow,
  importHeld,
  refusal,
} from './tables.js'

const rows = fc.array(heldRow, { minLength: 1, maxLength: 30 })
const runs = { numRuns: 40 }

describe('an import of tables', () => {
  test('gives one log whatever the size of its commits, gzip or plain', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 12 }), async (held, commit) => {
        const text = csv(HEADER, held)
        const [one, many] = [await empty(), await empty()]
        const whole = await importHeld(one, [file(text)])
        const parted = await importHeld(many, [file(gzip(text))], { commit })
        expect(contentOf(many)).toEqual(contentOf(one))
        expect(whole.head).toBe(one.head)
        expect({ ...parted, commits: 0 }).toEqual({ ...whole, commits: 0 })
        expect(whole.reports).toBe(held.length)
      }),
      runs,
    )
  })

  test('of a file twice, or a longer edition of it in any order, adds nothing twice', async () => {
    const longer = fc
      .tuple(rows, fc.array(heldRow, { maxLength: 8 }))
      .chain(([held, more]) =>
        fc
          .shuffledSubarray([...held, ...more], { minLength: held.length + more.length })
          .map((edition) => ({ held, more, edition })),
      )
    await fc.assert(
      fc.asyncProperty(longer, async ({ held, more, edition }) => {
        const timeline = await empty()
        const path = file(csv(HEADER, held))
        const first = await importHeld(timeline, [path, path])
        expect(first.appended - first.registered.length).toBe(held.length)
        const again = await importHeld(timeline, [path])
        expect([again.appended, again.duplicates]).toEqual([0, held.length])
        const second = await importHeld(timeline, [file(csv(HEADER, edition))])
        expect(second.appended - second.registered.length).toBe(more.length)
      }),
      runs,
    )
  })

  test('takes negative claims and alternatives as any other', async () => {
    const states = {
      held: { holder: '{side}' },
      'not taken': { not: { holder: ['{side}'] } },
      unclear: { holder: { oneOf: ['{side}', 'blues'] } },
    }
    const mapping = parseMapping({
      zone: 'UTC',
      reports: [
        {
          claim: { kind: 'control', place: 'town', with: { by: '{state}', map: states } },
          when: '{day}',
          attribution: 'herald',
          published: '2022-04-01',
        },
      ],
    })
    const days = ['2022-03-01', '2022-03-02', '2022-03-03']
    const table = (side: string) =>
      file(
        csv(
          ['day', 'side', 'state'],
          Object.keys(states).map((state, row) => [days[row]!, side, state]),
        ),
      )
    const timeline = await empty()
    await importCsv(timeline, { files: [table('reds')], mapping, register: true })
    const holders = days.map((valid) => timeline.at({ valid }).place('town').accounts[0]?.control)
    expect(holders.map((control) => control?.holder)).toEqual([
      { actors: ['reds'] },
      { not: ['reds'] },
      { oneOf: [{ actors: ['blues'] }, { actors: ['reds'] }] },
    ])
    const refused = await refusal(importCsv(timeline, { files: [table('blues')], mapping }))
    expect(refused.place).toMatchObject({ field: 'claim.holder.oneOf', row: 4 })
  })

  const spoilt = fc
    .tuple(rows, badRow)
    .chain(([held, bad]) =>
      fc.nat(held.length).map((at) => ({ at, all: held.toSpliced(at, 0, bad as never) })),
    )
  type Import = (timeline: Timeline, files: string[], options: object) => Promise<unknown>
  const appendsNothing = (importing: Import) =>
    fc.asyncProperty(spoilt, fc.integer({ min: 1, max: 5 }), async ({ at, all }, commit) => {
      const timeline = await empty()
      const path = file(csv(HEADER, all))
      const error = await refusal(importing(timeline, [path], { commit }))
      expect(error.place).toMatchObject({ file: path, row: at + 2 })
      expect(timeline.head).toBe(0)
    })

  test('of a file with one bad row appends nothing, and names the row', async () => {
    await fc.assert(appendsNothing(importHeld), runs)
  })

  test('one that appends as it reads is caught', async () => {
    const unchecked: Import = async (timeline, files, options) => {
      const mapping = parseMapping(HELD)
      const foreseen = { appended: 1, duplicates: 0, registered: [] }
      const none = { skipped: [], passed: new Set<string>(), rows: 0, reports: 0 }
      const open = (hooks: Hooks) => mappedRows({ files, mapping, ...hooks })
      const checked = { ...none, foreseen, interrupted: false, compared: null }
      return appendRows(timeline, open, checked, { ...options, register: true })
    }
    const details = await fc.check(appendsNothing(unchecked), { ...runs, endOnFailure: true })
    expect(details.failed).toBe(true)
  })

  test('of what was compared with the log appends nothing where that has grown since', async () => {
    const held = fc.sample(heldRow, 12)
    const grown = async (compared: boolean) => {
      const timeline = await empty()
      const path = file(csv(HEADER, held))
      const mapping = parseMapping(HELD)
      const open = (hooks: Hooks) => mappedRows({ files: [path], mapping, ...hooks })
      const options = { register: true, compared, commit: 5 }
      const checked = await checkRows(timeline, open, options)
      await timeline.append({ claim: { kind: 'place', place: 'elsewhere' } })
      return { timeline, importing: appendRows(timeline, open, checked, options) }
    }
    const { timeline, importing } = await grown(true)
    expect((await refusal(importing)).code).toBe('condition-failed')
    expect(timeline.head).toBe(1)
    // Rows that hang on nothing in the log come in beside what others append.
    const beside = await grown(false)
    await beside.importing
    expect(beside.timeline.head).toBeGreaterThan(12)
  })

  test('of what was compared comes in in as many commits as it takes', async () => {
    const held = fc.sample(heldRow, 12)
    const timeline = await empty()
    const mapping = parseMapping(HELD)
    const path = file(csv(HEADER, held))
    const open = (hooks: Hooks) => mappedRows({ files: [path], mapping, ...hooks })
    const options = { register: true, compared: true, commit: 5 }
    const checked = await checkRows(timeline, open, options)
    const { commits } = await appendRows(timeline, open, checked, options)
    expect(commits).toBeGreaterThan(1)
  })

  test('that passes over bad rows appends the others, and lists those', async () => {
    const mixed = fc.array(
      fc.oneof(
        heldRow.map((row) => ({ row: row as readonly string[], bad: false })),
        badRow.map((row) => ({ row: row as readonly string[], bad: true })),
      ),
      { minLength: 1, maxLength: 20 },
    )
    await fc.assert(
      fc.asyncProperty(mixed, async (all) => {
        const [with_, without] = [await empty(), await empty()]
        const path = file(
          csv(
            HEADER,
            all.map(({ row }) => row),
          ),
        )
        const { skipped } = await importHeld(with_, [path], { skipBad: true, commit: 3 })
        const good = all.filter(({ bad }) => !bad).map(({ row }) => row)
        await importHeld(without, [file(csv(HEADER, good))])
        expect(contentOf(with_)).toEqual(contentOf(without))
        const bad = all.flatMap((one, at) => (one.bad ? [at + 2] : []))
        expect(skipped.map(({ row }) => row).sort((a, b) => a - b)).toEqual(bad)
        for (const { reason, code } of skipped) expect([reason, code]).not.toContain('')
      }),
      runs,
    )
  })

  test('stops where its signal says so after whole commits, and a second run completes it', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(60), async (held, calls) => {
        const path = file(csv(HEADER, held))
        const [stopped, whole] = [await empty(), await empty()]
        await importHeld(whole, [path], { commit: 3 })
        const controller = new AbortController()
        let left = calls
        const record = stopped.record.bind(stopped)
        stopped.record = async (...given) => {
          if (left-- <= 0) controller.abort()
          return record(...given)
        }
        const first = await importHeld(stopped, [path], { commit: 3, signal: controller.signal })
        expect(first.head).toBe(stopped.head)
        expect(contentOf(whole).slice(0, stopped.head)).toEqual(contentOf(stopped))
        const second = await importHeld(stopped, [path], { commit: 3 })
        expect(second.interrupted).toBe(false)
        expect(contentOf(stopped)).toEqual(contentOf(whole))
      }),
      runs,
    )
  })

  test('checks names that earlier rows of the same file enter', async () => {
    const mapping = {
      zone: 'UTC',
      reports: [
        {
          if: { cell: '{kind}', in: ['place'] },
          claim: { kind: 'place', place: '{a}', partOf: ['{b}'] },
        },
        {
          if: { cell: '{kind}', in: ['held'] },
          claim: { kind: 'control', place: '{a}', contest: [] },
          attribution: '{b}',
        },
        { if: { cell: '{kind}', in: ['source'] }, claim: { kind: 'source', source: '{a}' } },
      ],
    }
    const run = async (lines: readonly string[]) => {
      const timeline = await empty()
      const files = [file(`kind,a,b\n${lines.join('\n')}\n`)]
      const done = importCsv(timeline, { files, mapping: parseMapping(mapping), commit: 1 })
      return { done, timeline }
    }
    const order = ['source,herald,', 'place,town,', 'place,flank,town', 'held,flank,herald']
    expect((await (await run(order)).done).appended).toBe(4)
    const early = await run([order[0]!, order[1]!, order[3]!, order[2]!])
    expect((await refusal(early.done)).place).toMatchObject({ row: 4, column: 'a' })
    expect(early.timeline.head).toBe(0)
    const round = await run([...order, 'place,town,flank'])
    expect((await refusal(round.done)).code).toBe('cycle')
    expect(round.timeline.head).toBe(0)
  })

  test('refuses a row that another mapping made another report of, unless that has a name of its own', async () => {
    const timeline = await empty()
    const files = [file(csv(HEADER, [['herald', 'town', '2022-03-01', 'RED', '']]))]
    await importHeld(timeline, files)
    const mapping = (name?: string) =>
      parseMapping({ ...HELD, ...(name && { name }), zone: 'Asia/Damascus' })
    const error = await refusal(importCsv(timeline, { files, mapping: mapping() }))
    expect([error.code, error.place.row]).toEqual(['id-taken', 2])
    expect(error.message).toContain('another mapping')
    expect(await importCsv(timeline, { files, mapping: mapping('second') })).toMatchObject({
      appended: 1,
    })
  })

  test('refuses a file that changes between the check and the append', async () => {
    const timeline = await empty()
    const path = file(csv(HEADER, [['herald', 'town', '2022-03-01', 'RED', '']]))
    const error = await refusal(
      importHeld(timeline, [path], {
        onProgress: ({ phase, rows }: { phase: string; rows: number }) => {
          if (phase === 'check' && rows === 1)
            file(
              csv(HEADER, [['herald', 'hill', '2022-03-01', 'RED', 'x']]),
              path.split('/').at(-1),
            )
        },
      }),
    )
    expect(error.message).toContain('changed while it was read')
    expect(timeline.head).toBe(0)
  })
})
