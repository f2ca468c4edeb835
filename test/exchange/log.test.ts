import { expect, test } from 'vitest'
import { exportJsonl, type Imported, readJsonl } from '../../src/exchange/jsonl.js'
import { openTimeline, type Timeline } from '../../src/index.js'
import { aleppo } from '../../src/testing/aleppo.js'
import { plain } from '../../src/testing/plain.js'

const open = (now: number) => openTimeline({ log: ':memory:', clock: () => now })

function linesOf(timeline: Timeline): string[] {
  const entries = [...timeline.reports()]
  return [
    ...exportJsonl(entries.map((entry) => ({ ...entry, parts: timeline.parts(entry.position) }))),
  ]
}

/** Appends what lines hold, each commit as one. */
async function restore(timeline: Timeline, lines: readonly string[]): Promise<void> {
  let commit: Imported[] = []
  for await (const entry of readJsonl(lines)) {
    commit.push(entry)
    if (entry.position !== entry.commit) continue
    await timeline.restore(commit)
    commit = []
  }
}

test('the day south of Aleppo, exported and imported, has the same ids, hashes and parts', async () => {
  const here = await open(1_447_355_000_000)
  await here.append(aleppo.registry)
  await here.append(aleppo.reports)
  const lines = linesOf(here)
  const there = await open(1_500_000_000_000)
  await restore(there, lines)

  const told = (timeline: Timeline) =>
    [...timeline.reports()].map(({ position, commit, id, hash, bytes, citation }) => ({
      position,
      commit,
      id,
      hash,
      bytes,
      citation,
      parts: timeline.parts(position),
    }))
  expect(told(there)).toEqual(told(here))
  const reading = { valid: '2015-11-12T20:00+02:00' }
  expect(plain(there.at(reading).place('al-eiss'))).toEqual(
    plain(here.at(reading).place('al-eiss')),
  )

  await restore(there, lines)
  expect(linesOf(there)).toHaveLength(lines.length)
})
