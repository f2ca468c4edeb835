import { describe, expect, test } from 'vitest'
import { control as controlProjection } from '../../projections/index.js'
import { openTimeline, type PlaceView, type Update } from '../../src/index.js'
import { at, control, openWorld, WORLD } from '../support.js'

const reds = { mode: 'change', holder: ['reds'] }
const blues = { mode: 'change', holder: ['blues'] }
const holder = ({ state }: Update<unknown>) =>
  (
    (state as PlaceView).accounts[0]?.control.holder as { actors: string[] } | undefined
  )?.actors.join() ?? null

describe('watching a place', () => {
  test('gives the current state, then one update per commit that changed it', async () => {
    const timeline = await openWorld()
    const seen: unknown[] = []
    timeline
      .watch(controlProjection, { place: 'town', valid: at(50) })
      .subscribe((update) => seen.push([update.position, holder(update)]))
    await timeline.append([
      control('a', 'herald', at(1), reds),
      control('b', 'herald', at(2), blues),
    ])
    await timeline.append(control('c', 'herald', at(3), { place: 'hill', ...reds }))
    await timeline.append({ id: 'v', claim: { kind: 'void', of: 'b', reason: 'error' } })
    const head = WORLD.length
    expect(seen).toEqual([
      [head, null],
      [head + 2, 'blues'],
      [head + 4, 'reds'],
    ])
  })

  test('resumes after a position with what came since, each change once', async () => {
    const timeline = await openWorld()
    const from = timeline.head
    await timeline.append(control('a', 'herald', at(1), reds))
    await timeline.append(control('b', 'herald', at(2), blues))
    const seen: unknown[] = []
    const subscription = timeline
      .watch(controlProjection, { place: 'town', valid: at(50), from })
      .subscribe((update) => seen.push([update.position, holder(update)]))
    await timeline.append(control('c', 'herald', at(3), reds))
    subscription.unsubscribe()
    await timeline.append(control('d', 'herald', at(4), blues))
    expect(seen).toEqual([
      [from + 1, 'reds'],
      [from + 2, 'blues'],
      [from + 3, 'reds'],
    ])
  })

  test('an observer that appends is told of its own append after the update it is in', async () => {
    const timeline = await openWorld()
    const seen: unknown[] = []
    const pending: Promise<unknown>[] = []
    timeline.watch(controlProjection, { place: 'town' }).subscribe((update) => {
      seen.push(holder(update))
      if (seen.length === 2) pending.push(timeline.append(control('b', 'herald', at(2), blues)))
    })
    await timeline.append(control('a', 'herald', at(1), reds))
    await Promise.all(pending)
    expect(seen).toEqual([null, 'reds', 'blues'])
  })

  test('what cannot be read ends the stream with the error', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    const errors: unknown[] = []
    timeline
      .watch(controlProjection, { place: 'nowhere' })
      .subscribe({ error: (error) => errors.push(error.code) })
    expect(errors).toEqual(['unknown-name'])
  })
})
