import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { REVISION } from '../../src/fold/saved.js'
import { openTimeline } from '../../src/index.js'
import { sha256Hex } from '../../src/integrity/hash.js'
import { openSnapshots } from '../../src/log/snapshots.js'
import { aleppo } from '../../src/testing/aleppo.js'

/**
 * What is saved of one fixed log. Where this differs, rows are made or laid out in another way:
 * raise REVISION in src/fold/saved.ts, so that older snapshots are passed over, and write down
 * here what is saved now.
 */
const SAVED = {
  revision: 4,
  sections: {
    ' roll': '7f8b62d6c9a220fb',
    control: '599aacbfdd7c2ac7',
    registry: '6424155dccc58af9',
  },
}

test('what is saved changes with its revision alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rashomon-saved-'))
  try {
    const log = join(folder, 'a.db')
    const timeline = await openTimeline({ log, clock: () => 1_447_362_000_000 })
    await timeline.append(aleppo.all)
    await timeline.snapshot()
    await timeline.close()
    const snapshots = openSnapshots(`${log}.snapshot`)
    const [state] = snapshots.survey().states
    const saved = snapshots.read({
      log: state!.log,
      sections: state!.sections,
      leafAt: () => state!.leaf,
    })
    snapshots.close()
    const sections = saved!.sections
      .filter(({ name }) => ['control', 'registry', ' roll'].includes(name))
      .map(({ name, arrays }) => {
        const texts = [...arrays]
          .filter(([array]) => name !== ' roll' || array !== 'stamps')
          .map(([array, bytes]) => `${array} ${sha256Hex(bytes)}`)
        return [name, sha256Hex(texts.sort().join('\n')).slice(0, 16)] as const
      })
    expect({ revision: REVISION, sections: Object.fromEntries(sections) }).toEqual(SAVED)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
