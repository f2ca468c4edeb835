/** `export`: the log written out. */
import { once } from 'node:events'
import { createWriteStream, existsSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { Argument, Command, Option } from '@commander-js/extra-typings'
import { RashomonError } from '../errors.js'
import type { Timeline } from '../index.js'
import { answer, note, type Session, sessionOf, withLog } from './session.js'
import { write } from './terminal.js'

export const command = () =>
  new Command('export')
    .description(
      'Writes every entry of the log as a line of JSON, with its parts: importing the lines gives the\nsame ids and report hashes.',
    )
    .addArgument(new Argument('<format>', 'what to write').choices(['jsonl'] as const))
    .addOption(new Option('--out <file>', 'write to a file, whole or not at all'))
    .addHelpText(
      'after',
      `
Examples:
  rashomon export jsonl > aleppo.jsonl
  rashomon export jsonl --out aleppo.jsonl
  rashomon export jsonl --log a.db | rashomon import jsonl - --log b.db`,
    )
    .action(async (format, options, self) => {
      await run(sessionOf(self), format, options.out)
    })

async function run(session: Session, format: string, out: string | undefined): Promise<void> {
  await withLog(session, async (timeline) => {
    if (out === undefined) {
      for await (const chunk of chunksOf(timeline)) await write(chunk)
      return
    }
    if (existsSync(out) && realpathSync(out) === realpathSync(session.log))
      throw new RashomonError(
        'usage',
        `--out: ${out} is the log itself; the name of another file would be right`,
        { place: { field: '--out' } },
      )
    await toFile(timeline, out)
    const document = { format, file: out, entries: timeline.head }
    note(session, `wrote ${timeline.head} entries to ${out}`)
    if (session.json) await answer(session, document, () => '')
  })
}

/** Takes the place of the file when all of it is written. */
async function toFile(timeline: Timeline, out: string): Promise<void> {
  const partial = `${out}.partial`
  try {
    const stream = createWriteStream(partial)
    for await (const chunk of chunksOf(timeline))
      if (!stream.write(chunk)) await once(stream, 'drain')
    stream.end()
    await finished(stream)
    renameSync(partial, out)
  } catch (error) {
    rmSync(partial, { force: true })
    const message = error instanceof Error ? error.message : String(error)
    throw new RashomonError(
      'usage',
      `--out: ${out} cannot be written (${message}); a file in a folder that can be would be right`,
      { place: { field: '--out' }, cause: error },
    )
  }
}

const CHUNK = 64 * 1024

async function* chunksOf(timeline: Timeline): AsyncIterable<string> {
  const { exportJsonl } = await import('../exchange/jsonl.js')
  let held = ''
  for (const line of exportJsonl(entriesOf(timeline))) {
    held += `${line}\n`
    if (held.length < CHUNK) continue
    yield held
    held = ''
  }
  if (held !== '') yield held
}

function* entriesOf(timeline: Timeline) {
  for (const { position, commit, recorded, bytes } of timeline.reports())
    yield { position, commit, recorded, bytes, parts: timeline.parts(position) }
}
