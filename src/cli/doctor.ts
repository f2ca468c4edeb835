/** `doctor`: the log examined, and how it is kept. */
import { Command } from '@commander-js/extra-typings'
import { isRashomonError } from '../errors.js'
import type { Examination } from '../index.js'
import { answer, type Session, sessionOf, withLog } from './session.js'
import { paragraph, tableLines } from './table.js'

export const command = () =>
  new Command('doctor')
    .description(
      'Examines the log and changes nothing: the settings of the store as read back, the store’s own\ncheck, positions without gaps, stamps that never decrease, the hash of every report and of every\nleaf. Exits with 1 when something is wrong.',
    )
    .addHelpText(
      'after',
      `
Examples:
  rashomon doctor
  rashomon doctor --log aleppo.db --json`,
    )
    .action(async (_options, self) => {
      await run(sessionOf(self))
    })

interface Diagnosis {
  readonly log: string
  readonly ok: boolean
  readonly findings: readonly string[]
  readonly entries: number | null
  /** Entries that were stamped while the clock stood behind; noted, not wrong. */
  readonly clock: readonly { readonly position: number; readonly behind: number }[]
  readonly settings: Examination['settings']
}

async function run(session: Session): Promise<void> {
  const diagnosis = await diagnose(session)
  if (!diagnosis.ok) process.exitCode = 1
  await answer(session, diagnosis, () => lines(diagnosis, session))
}

async function diagnose(session: Session): Promise<Diagnosis> {
  const { examineLog } = await import('../index.js')
  const { settings, findings } = examineLog(session.log)
  const opened = await open(session)
  const all = [...findings, ...opened.findings]
  const { entries, clock } = opened
  return { log: session.log, ok: all.length === 0, findings: all, entries, clock, settings }
}

type Opened = Pick<Diagnosis, 'entries' | 'clock' | 'findings'>

/** Folds the log as any reading does, which a sound one lets happen. */
async function open(session: Session): Promise<Opened> {
  try {
    return await withLog(session, (timeline) => ({
      entries: timeline.head,
      clock: [...timeline.reports()].flatMap(({ position, behind }) =>
        behind > 0 ? [{ position, behind }] : [],
      ),
      findings: [],
    }))
  } catch (error) {
    if (!isRashomonError(error)) throw error
    return { entries: null, clock: [], findings: [`the log cannot be opened: ${error.message}`] }
  }
}

function lines(diagnosis: Diagnosis, session: Session): string[] {
  const { paint } = session
  const { log, ok, findings, entries, clock, settings } = diagnosis
  const verdict = ok ? paint.green('sound') : paint.red(`${findings.length} findings`)
  const count = entries === null ? '' : `, ${entries} entries`
  const behind = clock.map(({ position, behind }) => `${behind} ms at position ${position}`)
  return [
    `${log}: ${verdict}${count}`,
    ...findings.flatMap((finding) => paragraph(`${paint.red('✗')} ${finding}`, session)),
    ...(behind.length === 0
      ? []
      : paragraph(`note: the clock stood behind the stamps: ${behind.join(', ')}`, session)),
    '',
    ...tableLines(
      [{ title: 'setting', cap: 30 }, { title: 'read back' }],
      Object.entries(settings).map(([name, value]) => [name, String(value)]),
      session,
    ),
  ]
}
