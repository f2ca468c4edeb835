/**
 * The command line. It knows its commands by name and loads the one that is asked for, so that
 * help comes at once; whatever is thrown ends here, as words or as JSON, with its exit code.
 *
 *   arguments ─▶ program ─▶ one command (loaded) ─▶ the library ─▶ text | one JSON document
 */
import { Command } from '@commander-js/extra-typings'
import { COMMANDS, type Entry } from './commands.js'
import { shieldYears } from './coordinates.js'
import { type Doing, failureDocument, failureOf, printFailure } from './failure.js'
import { paintFor, widthOf } from './terminal.js'

/** Options of the program itself that take a value, so that it is not mistaken for a command. */
const WITH_VALUE = new Set(['--log', '--zone'])

/** Does what the arguments ask, and sets the exit code of the process. */
export async function run(given: readonly string[], revision: string): Promise<void> {
  const args = shieldYears(given)
  const json = args.includes('--json')
  const program = programOf(revision, json)
  const wanted = COMMANDS.find(({ name }) => name === asked(args))
  await addCommands(program, wanted)
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    end(error, { command: wanted?.name, log: program.opts().log }, json)
  }
}

function programOf(revision: string, json: boolean) {
  const paint = paintFor(process.stdout)
  return new Command('rashomon')
    .description(
      'Keeps reports of who controls a place and who fought whom there, each with its source, and\nanswers for any instant what every account says, as it was known at any earlier moment.',
    )
    .option('--log <file>', 'the log (default: RASHOMON_LOG, else ./rashomon.db)')
    .option('--json', 'print one JSON document, and nothing else, on standard output')
    .option('--zone <zone>', 'zone to read dates and print times in (default: UTC)')
    .version(revision, '--version', 'print the version of the program')
    .helpOption('-h, --help', 'show help, also for a command')
    .helpCommand('help [command]', 'show help for a command')
    .addHelpText(
      'after',
      `
Examples:
  rashomon demo                                     start here
  rashomon record reports.json --register           append reports
  rashomon at 2015-11-12T20:00+02:00 al-eiss        who says what of a place
  rashomon explain al-eiss --at 2015-11-12          why it reads as it does
  rashomon disputes --at 2015-11-12                 who disagrees, and why
  rashomon history al-hadher                        how a place changed
  rashomon beliefs al-eiss --at 2015-11-12          how an answer moved

Exit codes: 0 done, 1 the answer is no, 2 a mistake in what was asked, 3 the store failed.`,
    )
    .exitOverride()
    .configureOutput({
      outputError: () => {},
      ...(json ? { writeErr: () => {} } : {}),
      getOutHelpWidth: () => widthOf(process.stdout),
      getErrHelpWidth: () => widthOf(process.stderr),
      getOutHasColors: () => paint.isColorSupported,
      getErrHasColors: () => paintFor(process.stderr).isColorSupported,
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: paint.bold,
      styleCommandText: paint.cyan,
      styleSubcommandText: paint.cyan,
      styleOptionText: paint.cyan,
    })
}

type Program = ReturnType<typeof programOf>

/** The command that is asked for in full, the others by name and summary. */
async function addCommands(program: Program, wanted: Entry | undefined): Promise<void> {
  for (const entry of COMMANDS) {
    if (entry === wanted) {
      const command = (await entry.load()).command().summary(entry.summary)
      program.addCommand(command.copyInheritedSettings(program))
      for (const part of command.commands) part.copyInheritedSettings(program)
    } else {
      program.command(`${entry.name} ${entry.arguments}`.trim()).summary(entry.summary)
    }
  }
}

/** The first word that is a command, past the program's own options. */
function asked(args: readonly string[]): string | undefined {
  const words = args.filter(
    (arg, at) => !arg.startsWith('-') && arg !== 'help' && !WITH_VALUE.has(args[at - 1] ?? ''),
  )
  return words[0]
}

function end(error: unknown, doing: Doing, json: boolean): void {
  const failure = failureOf(error, doing)
  if (failure === null) return
  process.exitCode = failure.exit
  if (json) process.stderr.write(`${JSON.stringify(failureDocument(failure), null, 2)}\n`)
  else process.stderr.write(printFailure(failure, paintFor(process.stderr)))
  if (failure.code === 'unexpected' && process.env.DEBUG && error instanceof Error)
    process.stderr.write(`${error.stack}\n`)
}
