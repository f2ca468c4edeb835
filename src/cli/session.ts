/**
 * What every command knows: which log, in which zone to print, and how to answer. One JSON
 * document on standard output under `--json`, text else; messages go to standard error.
 */
import { existsSync } from 'node:fs'
import type { Timeline } from '../index.js'
import { type Paint, paintFor, widthOf, write } from './terminal.js'

export interface GlobalOptions {
  readonly log?: string
  readonly json?: boolean
  readonly zone?: string
}

export interface Session {
  readonly log: string
  /** Given by `--log`, not by `RASHOMON_LOG` or by default. */
  readonly logGiven: boolean
  readonly json: boolean
  readonly zone: string | undefined
  readonly paint: Paint
  readonly width: number
  /** How to call this program again, as in `npx rashomon`. */
  readonly program: string
}

/** A commander command, as far as a session asks it. */
interface Asked {
  optsWithGlobals(): object
}

export function sessionOf(command: Asked): Session {
  const given: GlobalOptions = command.optsWithGlobals()
  return {
    log: given.log ?? (process.env.RASHOMON_LOG || './rashomon.db'),
    logGiven: given.log !== undefined,
    json: given.json === true,
    zone: given.zone,
    paint: paintFor(process.stdout),
    width: widthOf(process.stdout),
    program: programName(),
  }
}

/** `npx rashomon` when npm runs us, else `rashomon`. */
export function programName(): string {
  return process.env.npm_command === undefined ? 'rashomon' : 'npx rashomon'
}

/** The command line that reads the same log again: `rashomon --log FILE`, where it was given so. */
export function again(session: Session, rest: string): string {
  const log = session.logGiven ? ` --log ${quoted(session.log)}` : ''
  return `${session.program} ${rest}${log}`
}

/** As a POSIX shell takes it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** Answers: the document under `--json`, else the text. */
export async function answer(
  session: Session,
  document: unknown,
  text: () => string | readonly string[],
): Promise<void> {
  if (session.json) return write(`${JSON.stringify(document, null, 2)}\n`)
  const said = text()
  const whole = typeof said === 'string' ? said : said.join('\n')
  await write(`${whole.replace(/[^\S\n]+$/gm, '').replace(/\n*$/, '')}\n`)
}

/** A message for the person, on standard error; nothing under `--json`. */
export function note(session: Session, message: string): void {
  if (!session.json) process.stderr.write(`${message}\n`)
}

/**
 * Works on the session's log, which is made where there is none. What would be refused is refused
 * on an empty log in memory first, so that it leaves no file behind.
 */
export async function withLogToWrite<T>(
  session: Session,
  rehearse: (timeline: Timeline) => Promise<T>,
  work: (timeline: Timeline) => Promise<T>,
  options: { readonly dryRun: boolean },
): Promise<T> {
  const writing = { write: true, create: true }
  if (!existsSync(session.log)) {
    const nowhere = { ...session, log: ':memory:' }
    if (options.dryRun) return withLog(nowhere, work, writing)
    await withLog(nowhere, rehearse, writing)
    note(session, `there was no log at ${session.log}; making one`)
  }
  return withLog(session, work, writing)
}

/**
 * Opens the session's log for reading alone, and closes it after.
 *
 * @throws `log-missing` when there is none.
 */
export async function withLog<T>(
  session: Session,
  work: (timeline: Timeline) => T | Promise<T>,
  options: { readonly write?: boolean; readonly create?: boolean } = {},
): Promise<T> {
  const { openTimeline } = await import('../index.js')
  const timeline = await openTimeline({
    log: session.log,
    create: options.create ?? false,
    readonly: options.write !== true,
  })
  try {
    return await work(timeline)
  } finally {
    await timeline.close()
  }
}
