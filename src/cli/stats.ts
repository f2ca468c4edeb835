/** `stats`: what the log holds, counted. */
import { Command } from '@commander-js/extra-typings'
import type { Extent, LogSurvey } from '../index.js'
import { answer, type Session, sessionOf } from './session.js'
import { paragraph, tableLines } from './table.js'
import { type When, whenIn } from './when.js'

export const command = () =>
  new Command('stats')
    .description(
      'Counts what the log holds: entries by kind and by account, places, actors and sources, batches,\nsecond thoughts, the stretches of time that are spoken of, and what it takes on the disk.\nEntries are counted as they were recorded, also those that no longer count.',
    )
    .addHelpText(
      'after',
      `
Examples:
  rashomon stats
  rashomon stats --log aleppo.db --zone Asia/Damascus
  rashomon stats --json`,
    )
    .action(async (_options, self) => {
      await run(sessionOf(self))
    })

async function run(session: Session): Promise<void> {
  const { surveyLog } = await import('../index.js')
  const when = whenIn(session.zone)
  const survey = surveyLog(session.log)
  await answer(session, documentOf(session.log, survey), () => lines(survey, session, when))
}

/** Instants in ISO 8601. */
function documentOf(log: string, survey: LogSurvey): object {
  const { id, valid, published, recorded, accounts, ...counts } = survey
  return {
    log,
    id,
    ...counts,
    valid: stretch(valid),
    published: stretch(published),
    recorded: stretch(recorded),
    accounts: accounts.map((each) => ({
      ...each,
      valid: stretch(each.valid),
      published: stretch(each.published),
    })),
  }
}

const iso = (at: number): string => new Date(at).toISOString()

const stretch = (extent: Extent) =>
  extent === null ? null : { from: iso(extent.from), to: iso(extent.to) }

/** Accounts shown; more are counted. */
const MOST = 20

function lines(survey: LogSurvey, session: Session, when: When): string[] {
  const { registry, batches, secondThoughts, unstated, size } = survey
  const words = (extent: Extent) => extentWords(extent, when)
  const facts: [string, string][] = [
    ['entries', `${number(survey.entries)} in ${count(survey.commits, 'commit')}`],
    ['registry', registryWords(registry)],
    ['valid', words(survey.valid)],
    ['published', words(survey.published)],
    ['recorded', words(survey.recorded)],
    ['unstated', `start: ${number(unstated.start)}, publication: ${number(unstated.published)}`],
    ['second thoughts', thoughtWords(secondThoughts)],
    ['batches', batchWords(batches)],
    ['texts beside', number(survey.parts)],
    ['on the disk', `${bytes(size.log)}, write-ahead log ${bytes(size.wal)}`],
    ['snapshot', snapshotWords(survey)],
  ]
  const shown = survey.accounts.slice(0, MOST)
  const more = survey.accounts.length - shown.length
  return [
    `${session.log} · times: ${when.zone}`,
    '',
    ...tableLines([{ title: 'what', cap: 16 }, { title: 'how much' }], facts, session),
    '',
    ...tableLines(
      [{ title: 'kind', cap: 40 }, { title: 'entries' }],
      survey.kinds.map(({ kind, entries }) => [kind, number(entries)]),
      session,
    ),
    '',
    ...tableLines(
      [
        { title: 'account' },
        { title: 'entries', cap: 12 },
        { title: 'valid', cap: 36 },
        { title: 'published', cap: 36 },
      ],
      shown.map((each) => [
        each.account,
        number(each.entries),
        words(each.valid),
        words(each.published),
      ]),
      session,
    ),
    ...(more > 0 ? paragraph(`and ${count(more, 'account')} more`, session) : []),
  ]
}

function extentWords(extent: Extent, when: When): string {
  if (extent === null) return ''
  const [from, to] = [when.instant(iso(extent.from)), when.instant(iso(extent.to))]
  return from === to ? from : when.stretch(iso(extent.from), iso(extent.to))
}

function registryWords({ places, actors, sources }: LogSurvey['registry']): string {
  return [count(places, 'place'), count(actors, 'actor'), count(sources, 'source')].join(', ')
}

function thoughtWords(thoughts: LogSurvey['secondThoughts']): string {
  const told = Object.entries(thoughts).map(([kind, entries]) => `${kind}: ${number(entries)}`)
  return told.length === 0 ? 'none' : told.join(', ')
}

function batchWords({ named, entries, voided }: LogSurvey['batches']): string {
  if (named === 0) return 'none'
  return `${number(named)} with ${count(entries, 'entry', 'entries')}, voided: ${number(voided)}`
}

/** Whether the next opening can go on from one, and from where. */
function snapshotWords({ snapshots, size, entries }: LogSurvey): string {
  const { kind, states } = snapshots
  if (kind === 'none') return 'none; every opening reads the whole log'
  if (kind === 'foreign') return 'a file that is none has its name'
  if (kind === 'unreadable') return `unreadable (${bytes(size.snapshot)}); it is passed over`
  const own = states.find(({ fits }) => fits)
  if (own === undefined) return `of another log (${bytes(size.snapshot)}); it is passed over`
  const behind = entries - own.position
  const since = behind === 0 ? 'the head' : `${count(behind, 'entry', 'entries')} before the head`
  return `at position ${own.position}, ${since}; ${bytes(size.snapshot)}`
}

const number = (n: number): string => n.toLocaleString('en-US')

const count = (n: number, one: string, many = `${one}s`): string =>
  `${number(n)} ${n === 1 ? one : many}`

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB']

function bytes(n: number): string {
  const step = n === 0 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(n) / 3))
  const scaled = n / 1000 ** step
  return `${step === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${UNITS[step]}`
}
