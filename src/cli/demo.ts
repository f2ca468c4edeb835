/** `demo`: a log of the day south of Aleppo, and a walk through it. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from '@commander-js/extra-typings'
import { RashomonError } from '../errors.js'
import type { Timeline, View } from '../index.js'
import { aleppo } from '../testing/aleppo.js'
import { claimWords, startWords } from './claim-words.js'
import { DAY, walk } from './demo-walk.js'
import { namesIn } from './names.js'
import { placesLines, type Tools } from './place-lines.js'
import { answer, quoted, type Session, sessionOf, withLog } from './session.js'
import { tableLines, wrap } from './table.js'
import { whenIn } from './when.js'

/** All times of the day are told in it. */
const ZONE = 'Asia/Damascus'

export const command = () =>
  new Command('demo')
    .description(
      'Makes a log of one day south of Aleppo, 12 November 2015, in a temporary folder or at\n--log FILE, and walks through it. Running it again on the same log adds nothing.',
    )
    .addHelpText(
      'after',
      `
Examples:
  rashomon demo
  rashomon demo --log aleppo.db
  rashomon demo --json`,
    )
    .action(async (_options, self) => {
      await run(sessionOf(self))
    })

/** A stop of the walk with its answer. */
interface Step {
  readonly title: string
  readonly says: string
  readonly command: string
  readonly view: View
  readonly places: readonly string[]
}

async function run(given: Session): Promise<void> {
  const zone = given.zone ?? ZONE
  const log = given.logGiven ? given.log : temporary()
  const session = { ...given, log, zone }
  const when = whenIn(zone)
  await withLog(
    session,
    async (timeline) => {
      const appended = await load(timeline, log)
      const steps = walk.map((stop): Step => {
        const { instant, places, beforeReport } = stop
        const known =
          beforeReport === undefined ? {} : { known: positionOf(timeline, beforeReport) - 1 }
        return {
          ...stop,
          command: commandOf(session, { instant, places, ...known }),
          view: timeline.at({ valid: instant, zone: ZONE, ...known }),
        }
      })
      const tools = { session, names: namesIn(timeline.registry()), when }
      const document = {
        log,
        entries: timeline.head,
        appended,
        steps: steps.map(({ view, places, title, says, command }) => ({
          title,
          says,
          command,
          reading: view.reading,
          token: view.token,
          places: places.map((id) => view.place(id)),
        })),
        next: nextOf(session),
      }
      await answer(session, document, () => [
        ...opening(timeline, tools, appended),
        ...steps.flatMap((step, at) => stepLines(step, at + 1, tools)),
        ...closing(session),
      ])
    },
    { write: true, create: true },
  )
}

const temporary = (): string => join(mkdtempSync(join(tmpdir(), 'rashomon-demo-')), 'aleppo.db')

/**
 * Appends the day, but for what of it the log holds; says how much that was.
 *
 * @throws `usage` when the log is of something else.
 */
async function load(timeline: Timeline, log: string): Promise<number> {
  const before = timeline.head
  const [first] = aleppo.all
  const holdsIt = first?.id !== undefined && timeline.receipt(first.id) !== undefined
  if (before > 0 && !holdsIt)
    throw new RashomonError(
      'usage',
      `--log: ${log} holds ${before} entries that are not the demo's; a file that is not there, or none, would be right`,
      { place: { field: '--log' }, data: { head: before } },
    )
  await timeline.record(aleppo.all)
  return timeline.head - before
}

function positionOf(timeline: Timeline, id: string): number {
  const receipt = timeline.receipt(id)
  if (receipt !== undefined) return receipt.position
  throw new RashomonError('unknown-report', `demo: its log holds no report ${JSON.stringify(id)}`)
}

interface Shown {
  readonly instant: string
  readonly places: readonly string[]
  readonly known?: number
}

function commandOf(session: Session, { instant, places, known }: Shown): string {
  const cut = known === undefined ? '' : ` --known ${known}`
  return `${session.program} at ${instant} ${places.join(' ')}${cut} --zone ${ZONE}`
}

function opening(timeline: Timeline, tools: Tools, appended: number): string[] {
  const { session, when } = tools
  const { paint } = session
  const registry = timeline.registry()
  const made = appended === 0 ? 'is there already' : 'is made'
  return [
    paint.bold('One day south of Aleppo, 12 November 2015'),
    '',
    ...prose(session, INTRODUCTION),
    '',
    ...prose(
      session,
      `The log ${made}: ${timeline.head} entries, among them ${registry.places().length} places, ${registry.actors().length} actors and ${registry.sources().length} sources. All of it was published at 21:00 that evening. Times are printed in ${when.zone}.`,
    ),
    `log: ${session.log}`,
    '',
    paint.bold('What was said'),
    ...saidLines(timeline, tools),
  ]
}

/** Every report of a source, with the window of its start. */
function saidLines(timeline: Timeline, { session, names, when }: Tools): string[] {
  const rows = [...timeline.reports()]
    .filter(({ account }) => account !== 'desk')
    .map(({ position, account, report }) => [
      String(position),
      names.account(account),
      startWords(report, when).replace(`${DAY} `, ''),
      claimWords(report.claim, names),
    ])
  const columns = [
    { title: '#', cap: 4 },
    { title: 'account', cap: 24 },
    { title: 'when', cap: 22 },
    { title: 'says' },
  ]
  return tableLines(columns, rows, session)
}

const INTRODUCTION =
  'One outlet, aligned with the attackers, told of that day through four voices: its own, a journalist travelling with one of the attacking units, activists, and a source on the ground. Nothing was decided when their reports were written down. What was so at an instant is asked now, and each account answers for itself.'

function stepLines(step: Step, number: number, tools: Tools): string[] {
  const { session } = tools
  const { paint } = session
  const views = step.places.map((id) => step.view.place(id))
  return [
    '',
    paint.bold(`${number}. ${step.title}`),
    ...prose(session, step.says),
    paint.dim(`$ ${step.command}`),
    '',
    ...placesLines(views, tools, { resolver: 'dispute' }),
  ]
}

function prose({ width }: Session, text: string): string[] {
  return wrap(text, Math.min(width, 92))
}

function closing(session: Session): string[] {
  return [
    '',
    session.paint.bold('What to try next'),
    `  export RASHOMON_LOG=${quoted(session.log)}`,
    ...nextOf(session).map((line) => `  ${line}`),
  ]
}

/** Commands for this log, once `RASHOMON_LOG` names it. */
function nextOf({ program }: Session): string[] {
  return [
    `${program} explain al-eiss --at 2015-11-12T20:00 --zone ${ZONE}`,
    `${program} disputes --at 2015-11-12T20:00 --zone ${ZONE}`,
    `${program} at 2015-11-12T20:00 al-eiss --zone ${ZONE} --resolver cautious`,
    `${program} diff 2015-11-12T11:00 2015-11-12T20:00 --zone ${ZONE}`,
    `${program} history al-hadher --zone ${ZONE}`,
    `${program} beliefs al-eiss --at 2015-11-12T20:00 --zone ${ZONE}`,
    `${program} at 2015-11-12T20:00 --zone ${ZONE} --disputed`,
    `${program} at 2015-11-12T20:00 al-eiss --zone ${ZONE} --not-account al-masdar/activists`,
    `${program} at 2015-11-12T20:00 al-eiss --zone ${ZONE} --then`,
    `${program} reports --place al-eiss`,
    `${program} places hadir`,
    `${program} doctor`,
    `${program} --help`,
  ]
}
