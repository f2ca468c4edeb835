import { expect, test } from 'vitest'
import { defineProjection } from '../../src/index.js'
import { at, control, openWorld } from '../support.js'

test('a key without components is one key', async () => {
  const all = defineProjection<{ reports: string[] }>({
    type: 'fold',
    name: 'all',
    reads: ['control'],
    keys: () => [{}],
    initial: () => ({ reports: [] }),
    apply(draft, { id }) {
      draft.reports.push(id)
    },
  })
  const timeline = await openWorld({ projections: [all] })
  for (const id of ['b', 'a'])
    await timeline.append(control(id, 'herald', at(1), { holder: ['reds'] }))
  const view = timeline.at({ valid: at(50) })
  expect(view.keys(all)).toEqual([{}])
  expect(view.state(all, {}).state.reports).toEqual(['a', 'b'])
})
