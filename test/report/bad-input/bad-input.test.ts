import { describe, expect, test } from 'vitest'
import { isRashomonError, type RashomonError } from '../../../src/errors.js'
import { openTimeline, type Timeline } from '../../../src/index.js'
import { readJson } from '../../../src/report/json.js'
import { LIMITS } from '../../../src/report/limits.js'
import { context, door } from '../support.js'
import { BAD_OBJECTS } from './objects.js'
import { BAD_REPORTS } from './reports.js'
import { BAD_TEXTS } from './texts.js'

const options = { limits: LIMITS }

function refusalOf(work: () => unknown): RashomonError {
  try {
    work()
  } catch (error) {
    if (isRashomonError(error)) return error
    throw error
  }
  throw new Error('it was let in')
}

test('there are at least two hundred cases, each with a name of its own', () => {
  const names = [...BAD_TEXTS, ...BAD_OBJECTS, ...BAD_REPORTS].map(([name]) => name)
  expect(names.length).toBeGreaterThanOrEqual(200)
  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([])
})

describe('a document is refused', () => {
  for (const [name, text, code, field] of BAD_TEXTS)
    test(name, () => {
      const error = refusalOf(() => readJson(text, options))
      expect([error.code, error.category]).toEqual([code, 'caller'])
      expect(error.place.row).toBeGreaterThanOrEqual(1)
      expect(error.place.column).toBeGreaterThanOrEqual(1)
      if (field !== undefined) expect(error.place.field).toBe(field)
    })

  test('JSON.parse would let many of them pass, so the cases see what it does not', () => {
    const passed = BAD_TEXTS.filter(([, text]) => {
      try {
        JSON.parse(text)
        return true
      } catch {
        return false
      }
    })
    expect(passed.length).toBeGreaterThan(20)
  })
})

describe('a value is refused', () => {
  for (const [name, make, code, field] of BAD_OBJECTS)
    test(name, () => {
      const error = refusalOf(() => door.read(make(), { ...context, index: 3 }))
      expect([error.code, error.category, error.place.report]).toEqual([code, 'caller', 3])
      if (field !== undefined) expect(error.place.field).toBe(field)
    })
})

describe('a report is refused', () => {
  for (const [name, input, code, field] of BAD_REPORTS)
    test(name, () => {
      const error = refusalOf(() => door.read(input, { ...context, index: 3 }))
      expect([error.code, error.place.field, error.place.report]).toEqual([
        code,
        field ?? error.place.field,
        3,
      ])
      expect(error.message).toContain(error.place.field ?? '')
      expect(error.message.length).toBeLessThan(700)
      expect(error.message).not.toMatch(/\p{Cc}/u)
    })
})

describe('nothing of it is appended', () => {
  async function refused(timeline: Timeline, input: unknown): Promise<void> {
    const before = timeline.head
    const good = { claim: { kind: 'actor', actor: 'sentinel' } }
    const error = await timeline.append([good, input] as never).then(
      () => new Error('it was let in'),
      (error: unknown) => error,
    )
    expect(isRashomonError(error) && error.category).toBe('caller')
    expect((error as RashomonError).place.report).toBe(1)
    expect(timeline.head).toBe(before)
  }

  test('of the report, nor of what stands beside it', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    await timeline.append([
      { claim: { kind: 'actor', actor: 'reds' } },
      { claim: { kind: 'place', place: 'town', zone: 'Asia/Damascus' } },
      { claim: { kind: 'source', source: 'herald' } },
    ] as never)
    for (const [, input] of BAD_REPORTS) await refused(timeline, input)
    for (const [, make] of BAD_OBJECTS) await refused(timeline, make())
    await timeline.close()
  })
})
