/** `export`: the log, or what is read from it, written out; a command for each format. */
import { Command } from '@commander-js/extra-typings'
import type { Timeline } from '../index.js'
import { command as csv } from './export-csv.js'
import { command as geojson } from './export-geojson.js'
import { command as panel } from './export-panel.js'
import { outOption, type Wrote, writeOut } from './out.js'
import { type Session, sessionOf, withLog } from './session.js'

export const command = () =>
  new Command('export')
    .description(
      'Writes the log, or a reading of it, in a form that other programs take. Credit lines and\nlicences of the sources concerned go with it: as entries of the log in jsonl, as a column in\ncsv, as the last rows in panel, as a member in geojson.',
    )
    .addCommand(jsonl())
    .addCommand(csv())
    .addCommand(panel())
    .addCommand(geojson())
    .addHelpText(
      'after',
      `
Examples:
  rashomon export jsonl --out aleppo.jsonl
  rashomon export csv --kind control --out reports.csv
  rashomon export panel --from 2015-11-10 --to 2015-11-15 --out panel.csv
  rashomon export geojson --at 2015-11-12T20:00+02:00 --out evening.geojson

Each format explains itself: rashomon export panel --help`,
    )

const jsonl = () =>
  new Command('jsonl')
    .summary('every entry, without loss')
    .description(
      'Writes every entry of the log as a line of JSON, with its parts: importing the lines gives the\nsame ids and report hashes.',
    )
    .addOption(outOption())
    .addHelpText(
      'after',
      `
Examples:
  rashomon export jsonl > aleppo.jsonl
  rashomon export jsonl --out aleppo.jsonl
  rashomon export jsonl --log a.db | rashomon import jsonl - --log b.db`,
    )
    .action(async (options, self) => {
      await run(sessionOf(self), options.out)
    })

async function run(session: Session, out: string | undefined): Promise<void> {
  await withLog(session, async (timeline) => {
    await writeOut(session, { format: 'jsonl', out }, linesOf(timeline))
  })
}

async function* linesOf(timeline: Timeline): AsyncGenerator<string, Wrote> {
  const { exportJsonl } = await import('../exchange/jsonl.js')
  const entries = timeline.head
  for (const line of exportJsonl(entriesOf(timeline))) yield `${line}\n`
  return { document: { entries }, words: `${entries} entries` }
}

function* entriesOf(timeline: Timeline) {
  for (const { position, commit, recorded, bytes } of timeline.reports())
    yield { position, commit, recorded, bytes, parts: timeline.parts(position) }
}
