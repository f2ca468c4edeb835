/** `record`: appends reports as one commit, all or none. */
import { Argument, Command, Option } from '@commander-js/extra-typings'
import { isRashomonError } from '../errors.js'
import type { Appended, Timeline } from '../index.js'
import { type Input, readInput } from './input.js'
import { again, answer, note, type Session, sessionOf, withLogToWrite } from './session.js'
import { tableLines } from './table.js'

interface Options {
  readonly dryRun?: true | undefined
  readonly register?: true | undefined
}

export const command = () =>
  new Command('record')
    .description(
      'Appends the reports of a file, or of standard input, as one commit: all of them, or none where\none is refused. The file holds one report, an array of reports, or one report a line.\nThe same report again is no second one: the answer is its first receipt.',
    )
    .addArgument(new Argument('[file]', 'JSON or JSON lines; "-" or nothing is standard input'))
    .addOption(new Option('--dry-run', 'check everything, say what would happen, append nothing'))
    .addOption(
      new Option('--register', 'enter unknown places, actors and sources as bare entries as well'),
    )
    .addHelpText(
      'after',
      `
Examples:
  rashomon record reports.json
  rashomon record reports.jsonl --dry-run
  rashomon record reports.json --register
  echo '{"claim":{"kind":"place","place":"al-hadher","name":"Al-Hadher"}}' | rashomon record -`,
    )
    .action(async (file, options, self) => {
      await run(sessionOf(self), file ?? '-', options)
    })

async function run(session: Session, file: string, options: Options): Promise<void> {
  if (file === '-' && process.stdin.isTTY)
    note(session, 'reading reports from the terminal; Ctrl-D ends them, Ctrl-C drops them')
  const input = await readInput(file)
  const dryRun = options.dryRun === true
  const { register } = options
  const append = (dry: boolean) => async (timeline: Timeline) => {
    const appended = await recordAll(timeline, input, { dryRun: dry, register: register === true })
    return { ...appended, dryRun: dry, head: timeline.head }
  }
  await show(session, await withLogToWrite(session, append(true), append(dryRun), { dryRun }))
}

async function recordAll(
  timeline: Timeline,
  input: Input,
  options: { readonly dryRun: boolean; readonly register: boolean },
): Promise<Appended> {
  try {
    return await timeline.record(input.reports, options)
  } catch (error) {
    if (!isRashomonError(error)) throw error
    throw error.at(input.placeOf(error))
  }
}

interface Outcome extends Appended {
  readonly dryRun: boolean
  readonly head: number
}

async function show(session: Session, outcome: Outcome): Promise<void> {
  const { receipts, registered, dryRun, head } = outcome
  const duplicates = receipts.filter(({ duplicate }) => duplicate).length
  const appended = receipts.length - duplicates + registered.length
  const document = { dryRun, appended, duplicates, head, receipts, registered }
  await answer(session, document, () => {
    const lines = [
      summary({ appended, duplicates, dryRun, head }),
      '',
      ...receiptLines(session, outcome),
    ]
    if (registered.length > 0)
      lines.push(
        '',
        `${dryRun ? 'would enter' : 'entered'} as bare entries, since the log did not know them:`,
        ...registered.map(({ kind, id }) => `  ${kind.padEnd(6)}  ${id}`),
      )
    if (dryRun) lines.push('', 'nothing was appended: this was a dry run')
    else if (appended > 0) lines.push('', `next: ${again(session, 'reports')}`)
    return lines
  })
}

interface Counts {
  readonly appended: number
  readonly duplicates: number
  readonly dryRun: boolean
  readonly head: number
}

function summary({ appended, duplicates, dryRun, head }: Counts): string {
  const entries = `${appended} ${appended === 1 ? 'entry' : 'entries'}`
  const before = duplicates === 0 ? '' : `; ${duplicates} held already`
  return dryRun
    ? `would append ${entries} in one commit${before}`
    : `appended ${entries} in one commit${before}; the head is ${head}`
}

function receiptLines(session: Session, { receipts }: Outcome): string[] {
  const rows = receipts.map(({ position, id, duplicate, out, effect }) => [
    String(position),
    id,
    [
      duplicate ? 'held already' : '',
      out ? 'does not count (withdrawn or voided)' : '',
      effect === 'denial' ? 'counts as a denial' : '',
    ]
      .filter((word) => word !== '')
      .join(', '),
  ])
  const columns = [{ title: '#', cap: 8 }, { title: 'id', cap: 60 }, { title: 'note' }]
  return tableLines(columns, rows, session)
}
