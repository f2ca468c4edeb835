/**
 * The coordinates of a reading as options: what is known, what was published, whose accounts,
 * weighed how.
 */
import { Option } from '@commander-js/extra-typings'
import { RashomonError } from '../errors.js'
import type { AccountFilter, SettledReading, Timeline } from '../index.js'
import { filterOf, several } from './names.js'

export const knownOption = () =>
  new Option(
    '--known <position|instant>',
    'only what the log held up to a position, or before an instant; "then": at the instant asked for',
  ).argParser(knownOf)

export const publishedOption = () =>
  new Option('--published <instant>', 'only what sources had published by then')

export const accountOption = () =>
  new Option(
    '--account <name>',
    'only reports of this source, at any hop (repeatable); "!name" leaves it out; origin:NAME, publisher:NAME and alignment:NAME are narrower',
  ).argParser(several)

export const notAccountOption = () =>
  new Option('--not-account <name>', 'without reports of this source (repeatable)').argParser(
    several,
  )

export const resolverOption = () =>
  new Option(
    '--resolver <name>',
    'how to weigh accounts that differ: dispute, latest, ranked(SOURCE,…), corroborated(N), rated, cautious, against-interest',
  )

export const thenOption = () =>
  new Option('--then', 'with what had been published by the instant asked for')

export const fromOption = () =>
  new Option('--from <time>', 'first date, month or year, or an instant').makeOptionMandatory()

export const toOption = () =>
  new Option('--to <time>', 'last date, month or year, or an instant').makeOptionMandatory()

export const stepOption = () =>
  new Option('--step <step>', 'how far apart')
    .choices(['hour', 'day', 'week', 'month', 'year'] as const)
    .default('day' as const)

export interface CoordinateOptions {
  readonly known?: number | string | undefined
  readonly published?: string | undefined
  readonly account?: string[] | undefined
  readonly notAccount?: string[] | undefined
  readonly resolver?: string | undefined
}

export interface Asked {
  readonly known?: number | string
  readonly published?: string
  readonly accounts?: AccountFilter
  readonly resolver?: string
  readonly zone?: string
}

/** The options as a reading takes them; names of sources are looked up in the registry of the head. */
export async function asked(
  timeline: Timeline,
  options: CoordinateOptions,
  zone: string | undefined,
): Promise<Asked> {
  const { known, published, resolver } = options
  const accounts = await filterOf(timeline.registry(), options.account, options.notAccount)
  return {
    ...(known === undefined ? {} : { known }),
    ...(published === undefined ? {} : { published }),
    ...(accounts === undefined ? {} : { accounts }),
    ...(resolver === undefined ? {} : { resolver }),
    ...(zone === undefined ? {} : { zone }),
  }
}

/** The same, of a command with `--then`, which says what `--published then` does. */
export async function askedThen(
  timeline: Timeline,
  options: CoordinateOptions & { readonly then?: true | undefined },
  zone: string | undefined,
): Promise<Asked> {
  if (options.then !== true) return asked(timeline, options, zone)
  if (options.published !== undefined)
    throw new RashomonError(
      'usage',
      '--then: says the same as --published, which is given as well; one of them would be right',
      { place: { field: '--then' } },
    )
  return { ...(await asked(timeline, options, zone)), published: 'then' }
}

/** The coordinates of a reading as understood, but for its instant. */
export function readingWithoutInstant(
  timeline: Timeline,
  coordinates: Asked,
): Omit<SettledReading, 'valid'> {
  const { valid: _, ...rest } = timeline.at({ ...coordinates, valid: ANY_INSTANT }).reading
  return rest
}

const ANY_INSTANT = '1970-01-01T00:00:00Z'

/** A number is a position, anything else an instant. */
export function knownOf(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text
}

/**
 * A whole number given to an option.
 *
 * @throws `usage` when it is none.
 */
export function wholeNumber(option: string): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number
    throw new RashomonError(
      'usage',
      `${option}: ${JSON.stringify(text)} is no whole number; one such as 10 would be`,
      { place: { field: option } },
    )
  }
}

/** A minus sign before a year, kept from being read as an option. */
const MINUS = '−'

/** Arguments with years before our era written so that they are no options. */
export function shieldYears(args: readonly string[]): string[] {
  return args.map((arg) => (/^-\d{4,6}(-|$|\/)/.test(arg) ? `${MINUS}${arg.slice(1)}` : arg))
}

/** An instant as it was written before `shieldYears`. */
export function instantOf(text: string): string {
  return text.replaceAll(MINUS, '-')
}
