/**
 * What went wrong, said twice: in words for a person, as one JSON document for a script; and
 * the exit code: 1 the answer is "no", 2 the caller's mistake, 3 the store failed.
 */
import { CommanderError } from '@commander-js/extra-typings'
import { type ErrorPlace, isRashomonError } from '../errors.js'
import { programName, quoted } from './session.js'
import type { Paint } from './terminal.js'

export interface Failure {
  readonly code: string
  readonly message: string
  readonly place: ErrorPlace
  readonly data: Readonly<Record<string, unknown>>
  readonly exit: 2 | 3
  /** What to run next, one a line. */
  readonly next: readonly string[]
}

/** What was being done: which command, on the log of which option. */
export interface Doing {
  readonly command: string | undefined
  readonly log: string | undefined
}

/** Reads any thrown value; `null` for what is no failure (help or the revision was shown). */
export function failureOf(error: unknown, { command, log }: Doing): Failure | null {
  if (error instanceof CommanderError) return usage(error, command)
  if (isRashomonError(error))
    return {
      code: error.code,
      message: error.message,
      place: error.place,
      data: error.data,
      exit: error.category === 'store' ? 3 : 2,
      next: nextOf(error.code, { command, log }),
    }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'unexpected', message, place: {}, data: {}, exit: 3, next: [] }
}

function usage(error: CommanderError, command: string | undefined): Failure | null {
  if (error.exitCode === 0) return null
  const help = error.code === 'commander.help'
  const [first = '', hint = ''] = error.message.replace(/^error: /, '').split('\n')
  const nearest = hint.match(/^\(Did you mean (?:one of )?(.*)\?\)$/)?.[1]?.split(', ')
  return {
    code: 'usage',
    message: help ? 'no command given' : first,
    place: {},
    data: nearest === undefined ? {} : { nearest },
    exit: 2,
    next: [`${[programName(), ...(command === undefined ? [] : [command])].join(' ')} --help`],
  }
}

function nextOf(code: string, { command, log }: Doing): string[] {
  if (code === 'unknown-name' && command === 'record')
    return [`${programName()} record FILE --register enters unknown names as bare entries`]
  if (code === 'unknown-name' && command === 'import')
    return [`${programName()} import csv FILE --register enters unknown names as bare entries`]
  if (code !== 'log-missing') return []
  const run = programName()
  const at = log === undefined ? '' : ` --log ${quoted(log)}`
  return [
    `${run} init${at}            makes an empty log there`,
    `${run} record FILE${at}     makes one and appends the reports of FILE`,
    `${run} demo${at}            makes one with a day to look at`,
  ]
}

/** `reports.json, row 4, column 12, field claim.place`. */
function placeWords(place: ErrorPlace): string {
  const parts = [
    place.file,
    place.row === undefined ? undefined : `row ${place.row}`,
    place.column === undefined ? undefined : `column ${place.column}`,
    place.field === undefined ? undefined : `field ${place.field}`,
    place.report === undefined ? undefined : `report ${place.report + 1}`,
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}

/** The failure as lines for standard error. */
export function printFailure(failure: Failure, paint: Paint): string {
  const spot = `row ${failure.place.row}, column ${failure.place.column}: `
  const message = failure.message.startsWith(spot)
    ? failure.message.slice(spot.length)
    : failure.message
  const { field, ...elsewhere } = failure.place
  const told = field !== undefined && message.startsWith(`${field}:`)
  const where = placeWords(told ? elsewhere : failure.place)
  const near = nearestOf(failure.data)
  const lines = [`${paint.red('error:')} ${message}`]
  if (where !== '') lines.push(`  where: ${where}`)
  if (near.length > 0 && !failure.message.includes('nearest'))
    lines.push(`  nearest: ${near.join(', ')}`)
  const [first, ...rest] = failure.next
  if (first !== undefined) lines.push(`  run: ${first}`)
  for (const line of rest) lines.push(`       ${line}`)
  return `${lines.join('\n')}\n`
}

function nearestOf(data: Failure['data']): string[] {
  if (!Array.isArray(data.nearest)) return []
  return data.nearest.flatMap((each: unknown) => {
    if (typeof each === 'string') return [each]
    if (typeof each !== 'object' || each === null || !('id' in each)) return []
    return [String(each.id)]
  })
}

/** The failure as the one JSON document that `--json` puts on standard error. */
export function failureDocument(failure: Failure): unknown {
  const { code, message, place, data, next } = failure
  return { error: { code, message, place, data: next.length > 0 ? { ...data, run: next } : data } }
}
