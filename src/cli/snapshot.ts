/** `snapshot`: what was folded of the log, saved beside it. */
import { Command } from '@commander-js/extra-typings'
import { answer, type Session, sessionOf, withLog } from './session.js'

export const command = () =>
  new Command('snapshot')
    .description(
      'Saves what the program has folded of the log in a file beside it, so that the next opening reads\nonly what came since. The file is disposable: whatever does not fit the log or the program is\npassed over, and without it the answers are the same, only later. Commands that append save one\nby themselves now and then.',
    )
    .addHelpText(
      'after',
      `
Examples:
  rashomon snapshot
  rashomon snapshot --log aleppo.db --json`,
    )
    .action(async (_options, self) => {
      await run(sessionOf(self))
    })

async function run(session: Session): Promise<void> {
  await withLog(
    session,
    async (timeline) => {
      const saved = await timeline.snapshot()
      const { position = 0, bytes = 0 } = saved ?? {}
      const file = `${session.log}.snapshot`
      await answer(session, { log: session.log, file, position, bytes }, () => [
        `saved the state at position ${position} in ${file} (${bytes} bytes)`,
      ])
    },
    { write: true },
  )
}
