/** `rebuild`: what was saved of the log forgotten, and folded again from its first entry. */
import { createHash } from 'node:crypto'
import { Command } from '@commander-js/extra-typings'
import type { LogSurvey, Timeline } from '../index.js'
import { answer, note, type Session, sessionOf, withLog } from './session.js'

export const command = () =>
  new Command('rebuild')
    .description(
      'Forgets the snapshot beside the log, reads the log from its first entry, holds the answers\nbefore and after against each other, and saves a new snapshot. The log itself is not touched.\nExits with 1 where the answers differ: the snapshot was wrong then, and the new answers are\nthose of the log.',
    )
    .addHelpText(
      'after',
      `
Examples:
  rashomon rebuild
  rashomon rebuild --log aleppo.db --json`,
    )
    .action(async (_options, self) => {
      await run(sessionOf(self))
    })

async function run(session: Session): Promise<void> {
  const { surveyLog } = await import('../index.js')
  const survey = surveyLog(session.log)
  const had = survey.snapshots.states.find(({ fits }) => fits)
  const instants = instantsOf(survey)
  await withLog(
    session,
    async (timeline) => {
      const before = instants.map((valid) => answersAt(timeline, valid))
      note(session, `reading ${survey.entries} entries`)
      await timeline.rebuild()
      const after = instants.map((valid) => answersAt(timeline, valid))
      const differ = instants.filter((_, at) => before[at] !== after[at])
      const saved = await timeline.snapshot()
      if (differ.length > 0) process.exitCode = 1
      const document = {
        log: session.log,
        entries: timeline.head,
        forgotten: had === undefined ? null : { position: had.position, bytes: had.bytes },
        saved,
        compared: instants,
        differ,
      }
      await answer(session, document, () => [
        had === undefined
          ? 'there was no snapshot of this log'
          : `forgot the snapshot at position ${had.position}`,
        `read the log from its first entry: ${timeline.head} entries`,
        differ.length === 0
          ? `the answers before and after are the same, at ${instants.length} instants`
          : `the answers differ at ${differ.join(', ')}: the snapshot was wrong, the new ones are the log's`,
        ...(saved === null ? [] : [`saved a new snapshot at position ${saved.position}`]),
      ])
    },
    { write: true },
  )
}

/** A few instants over the stretch of time that the log speaks of. */
function instantsOf({ valid }: LogSurvey): string[] {
  if (valid === null) return []
  const length = valid.to - valid.from
  const instants = [0.1, 0.5, 0.9, 1].map((part) => Math.round(valid.from + part * length))
  return [...new Set(instants)].map((at) => new Date(at).toISOString())
}

/** One text for all that is said of every place at an instant. */
function answersAt(timeline: Timeline, valid: string): string {
  const hash = createHash('sha256')
  for (const place of timeline.at({ valid }).places()) hash.update(JSON.stringify(place))
  return hash.digest('hex')
}
