/** `init`: an empty log. */
import { existsSync } from 'node:fs'
import { Command } from '@commander-js/extra-typings'
import { RashomonError } from '../errors.js'
import { again, answer, type Session, sessionOf, withLog } from './session.js'

export const command = () =>
  new Command('init')
    .description(
      'Makes an empty log at --log FILE. A log that is there and empty is left as it is.',
    )
    .addHelpText(
      'after',
      `
Examples:
  rashomon init
  rashomon init --log aleppo.db`,
    )
    .action(async (_options, self) => {
      await run(sessionOf(self))
    })

/** @throws `usage` when there is a log with entries already. */
async function run(session: Session): Promise<void> {
  const made = !existsSync(session.log)
  await withLog(
    session,
    async ({ head, id }) => {
      if (head > 0)
        throw new RashomonError(
          'usage',
          `--log: ${session.log} is a log of ${head} entries already; the name of a file that is not there would be right`,
          { place: { field: '--log' }, data: { head } },
        )
      await answer(session, { log: session.log, id, head, made }, () => [
        `${made ? 'made an empty log' : 'an empty log is there already'}: ${session.log}`,
        `next: ${again(session, 'record FILE')}`,
      ])
    },
    { write: true, create: true },
  )
}
