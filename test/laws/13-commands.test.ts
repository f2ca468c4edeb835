/** Law 13 under command sequences: whatever is done to a log, in any order, engine and model agree on every read. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { control, engagements } from '../../projections/index.js'
import { openTimeline, type Timeline } from '../../src/index.js'
import { histories } from '../../src/testing/arbitraries.js'
import { type History, idsOf } from '../../src/testing/arbitraries-input.js'
import { asked, type ModelReading, readings } from '../../src/testing/arbitraries-readings.js'
import { Model } from '../../src/testing/model.js'
import { entriesOf } from '../testing/loaded.js'
import { facetAnswer, placeAnswer, placeOf } from './answers.js'
import { breach, seeded } from './run.js'

const runs = seeded('law 13, commands', 60)

/** What is expected: the naive model, and which commits of the history the log holds. */
interface Expected {
  readonly model: Model
  readonly history: History
  appended: number
}

/** What is tried: a timeline on a file, opened again and again, under a clock that may jump. */
interface Tried {
  readonly file: string
  timeline: Timeline
  now: number
}

type Step = fc.AsyncCommand<Expected, Tried>

const open = (tried: { file: string; now: number }) =>
  openTimeline({ log: tried.file, clock: () => tried.now })

class Append implements Step {
  check = ({ history, appended }: Expected) => appended < history.commits.length
  async run(expected: Expected, tried: Tried) {
    const { history, model } = expected
    tried.now = Math.max(tried.now, history.stamps[expected.appended] ?? 0)
    await tried.timeline.append(history.commits[expected.appended]!)
    expected.appended++
    model.append(entriesOf(tried.timeline).slice(model.head))
  }
  toString = () => 'append the next commit'
}

class Retry implements Step {
  constructor(private readonly pick: number) {}
  check = ({ appended }: Expected) => appended > 0
  async run({ history, appended, model }: Expected, { timeline }: Tried) {
    const receipts = await timeline.append(history.commits[this.pick % appended]!)
    expect(receipts.every(({ duplicate }) => duplicate)).toBe(true)
    expect(timeline.head).toBe(model.head)
  }
  toString = () => `append commit ${this.pick} again`
}

class RefuseOtherContent implements Step {
  check = ({ appended }: Expected) => appended > 0
  async run({ history, model }: Expected, { timeline }: Tried) {
    const first = history.commits[0]![0]!
    const other = { ...first, claim: { ...first.claim, name: 'another name' } }
    await expect(timeline.append(other)).rejects.toMatchObject({ code: 'id-taken' })
    expect(timeline.head).toBe(model.head)
  }
  toString = () => 'append other content under an id that is held'
}

class Reopen implements Step {
  check = () => true
  async run({ model }: Expected, tried: Tried) {
    await tried.timeline.close()
    tried.timeline = await open(tried)
    expect(tried.timeline.head).toBe(model.head)
  }
  toString = () => 'close and open again'
}

class OpenBeside implements Step {
  check = ({ history, appended }: Expected) => appended < history.commits.length
  async run(expected: Expected, tried: Tried) {
    const other = await open(tried)
    await new Append().run(expected, { ...tried, timeline: other })
    await other.close()
    expect(tried.timeline.head).toBe(expected.model.head)
  }
  toString = () => 'append the next commit through another timeline on the file'
}

class JumpClock implements Step {
  constructor(private readonly by: number) {}
  check = () => true
  async run(_: Expected, tried: Tried) {
    tried.now = Math.max(0, tried.now + this.by)
  }
  toString = () => `the clock jumps by ${this.by}`
}

class Read implements Step {
  constructor(private readonly reading: ModelReading) {}
  check = ({ model }: Expected) =>
    typeof this.reading.known !== 'string' && (this.reading.known ?? 0) <= model.head
  async run({ model, history }: Expected, { timeline }: Tried) {
    const { t, cut, resolver } = asked(this.reading, model)
    const view = timeline.at(this.reading)
    for (const place of idsOf(history, 'place'))
      if (model.registry('place', place, t, { ...cut, known: model.head }) !== null)
        expect(placeOf(view.place(place))).toEqual(
          placeAnswer(model.place(control, place, t, cut, resolver), t),
        )
    for (const key of model.keys(control, cut, t)) {
      const facets = Object.entries(model.register(control, key, t, cut))
      expect(view.state(control, key)).toEqual({
        key,
        facets: Object.fromEntries(facets.map(([name, at]) => [name, facetAnswer(at, t)])),
      })
    }
    for (const key of model.keys(engagements, cut, t))
      expect(view.state(engagements, key)).toEqual({ key, ...model.fold(engagements, key, t, cut) })
    expect(timeline.at(view.token).reading).toEqual(view.reading)
  }
  toString = () => `read ${JSON.stringify(this.reading)}`
}

const cases = histories().chain((history) => {
  const steps: fc.Arbitrary<Step>[] = [
    fc.constant(new Append()),
    fc.constant(new Append()),
    fc.constant(new OpenBeside()),
    fc.nat({ max: 20 }).map((pick) => new Retry(pick)),
    fc.constant(new RefuseOtherContent()),
    fc.constant(new Reopen()),
    fc.integer({ min: -20, max: 20 }).map((by) => new JumpClock(by)),
    readings(history).map((reading) => new Read(reading)),
    readings(history).map((reading) => new Read(reading)),
  ]
  return fc.tuple(fc.constant(history), fc.commands(steps, { maxCommands: 25, size: 'max' }))
})

/** Runs a sequence on a fresh file; `wrap` makes another engine of the first timeline on it. */
async function hold(
  history: History,
  steps: Iterable<Step>,
  wrap = (timeline: Timeline) => timeline,
) {
  const folder = mkdtempSync(join(tmpdir(), 'rashomon-law-'))
  const file = join(folder, 'log.db')
  const tried: Tried = { file, now: 0, timeline: wrap(await open({ file, now: 0 })) }
  const model = new Model({ projections: [control, engagements] })
  try {
    await fc.asyncModelRun(() => ({ model: { model, history, appended: 0 }, real: tried }), steps)
  } finally {
    await tried.timeline.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** An engine that answers a reading as it first did, whatever was appended since. */
function stale(timeline: Timeline): Timeline {
  const first = new Map<string, ReturnType<Timeline['at']>>()
  const at: Timeline['at'] = (reading) => {
    const text = JSON.stringify(reading)
    const view = first.get(text) ?? timeline.at(reading)
    first.set(text, view)
    return view
  }
  return new Proxy(timeline, {
    get: (target, name) => {
      if (name === 'at') return at
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

describe('the engine equals the naive model under command sequences', () => {
  it('of appends, retries, reopenings, other timelines, jumps of the clock and reads', async () => {
    await fc.assert(
      fc.asyncProperty(cases, ([history, steps]) => hold(history, steps)),
      runs,
    )
  })

  it('and an engine that answers from a cache that appends do not touch is caught', async () => {
    const asking = histories().chain((history) => fc.tuple(fc.constant(history), readings(history)))
    const property = fc.asyncProperty(asking, ([history, { known: _, ...reading }]) => {
      const read = new Read(reading)
      const steps = history.commits.flatMap(() => [new Append(), read])
      return hold(history, steps, stale)
    })
    expect(await breach(property, runs.seed!)).not.toBe('')
  })
})
