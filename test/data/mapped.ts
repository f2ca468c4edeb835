/** Data sets brought into a log by the example mappings, as `import csv` does. */
import { readFileSync } from 'node:fs'
import { importRows } from '../../src/exchange/csv/append.js'
import { mappedRows } from '../../src/exchange/csv/rows.js'
import { type Mapping, readMapping } from '../../src/exchange/csv/schema.js'
import { readEditions } from '../../src/exchange/editions/rows.js'
import { openTimeline, type Projection, type Timeline } from '../../src/index.js'

export const EXAMPLES = new URL('../../scripts/mappings/', import.meta.url)

function example(name: string): string {
  return readFileSync(new URL(`${name}.json`, EXAMPLES), 'utf8')
}

export function mappingOf(name: string): Mapping {
  return readMapping(example(name), name)
}

/** A log in memory that knows who speaks. */
export async function registered(
  registry: string,
  projections: readonly Projection[] = [],
): Promise<Timeline> {
  const timeline = await openTimeline({ log: ':memory:', projections })
  await timeline.append(JSON.parse(example(registry)) as object[])
  return timeline
}

/** Imports a file by a mapping. */
export async function importFile(timeline: Timeline, mapping: string, file: string) {
  const read = mappingOf(mapping)
  return importRows(timeline, (hooks) => mappedRows({ files: [file], mapping: read, ...hooks }), {
    register: true,
  })
}

/** Imports a file that is an edition of a list; `most` kills it after so many reports. */
export async function importEdition(
  timeline: Timeline,
  mapping: string,
  file: string,
  most?: number,
) {
  const { open, editions } = await readEditions(timeline, {
    files: [file],
    mapping: mappingOf(mapping),
  })
  if (most === undefined) {
    const summary = await importRows(timeline, open, { register: true, thoughts: true })
    return { ...summary, edition: editions[0] }
  }
  for await (const rows of open({}))
    await timeline.record(
      rows.slice(0, most).map(({ report }) => report),
      { register: true },
    )
  return { edition: editions[0] }
}
