/**
 * Appends mapped rows: all of them are checked before the first commit, with nothing kept of them
 * but what later rows need; then they are appended, commit by commit, each all or nothing. What the
 * log holds already is passed over, so that a second run completes one that was cut short.
 *
 *   open() ─▶ rehearsal ─▶ (first refusal | bad rows)        open() ─▶ commits of some 2,000
 */
import { isRashomonError, RashomonError } from '../../errors.js'
import type { Appended, Rehearsed, Timeline } from '../../index.js'
import { counter, type Progress, through } from './pass.js'
import { type MappedRow, placedAt, type RowSource } from './rows.js'

/** Reports of a commit, unless said; the reports of one row are never parted. */
export const COMMIT = 2000

/** A row that was passed over, and why. */
export interface BadRow {
  readonly file: string
  readonly row: number
  readonly column?: string | number
  readonly field?: string
  readonly code: string
  readonly reason: string
}

export interface ImportOptions {
  /** Enters unknown places, actors and sources as bare entries. */
  readonly register?: boolean
  /** Checks everything and appends nothing. */
  readonly dryRun?: boolean
  /** Passes over rows that are bad and lists them. */
  readonly skipBad?: boolean
  /** Reports of a commit; 2,000 unless said. */
  readonly commit?: number
  /** Whether second thoughts may come of reports of the same rows; they may not unless said. */
  readonly thoughts?: boolean
  /** Whether what is appended was found by comparing with the log: nothing may come between then. */
  readonly compared?: boolean
  /** Stops after the commit under way. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export interface Summary {
  /** Rows of the files that were read, headers and empty lines aside. */
  readonly rows: number
  /** Reports that they make. */
  readonly reports: number
  /** Entries appended, or that would be, those entered because of `register` among them. */
  readonly appended: number
  /** Reports that the log held already, or that came twice. */
  readonly duplicates: number
  readonly registered: Appended['registered']
  readonly skipped: readonly BadRow[]
  readonly commits: number
  readonly head: number
  readonly dryRun: boolean
  /** It was stopped by its signal before everything was appended. */
  readonly interrupted: boolean
}

/**
 * Checks all rows, then appends them.
 *
 * @throws what a row was refused with, with file, row and column: before anything is appended where
 *   the rows are at fault; an append that the store fails, or that another process has overtaken,
 *   leaves the commits before it.
 */
export async function importRows(
  timeline: Timeline,
  open: RowSource,
  options: ImportOptions = {},
): Promise<Summary> {
  const checked = await checkRows(timeline, open, options)
  return appendRows(timeline, open, checked, options)
}

/**
 * Appends rows that were checked, on the log they were checked against or one with as little in it;
 * nothing where they were not all checked, or in a dry run.
 *
 * @throws as `importRows`
 */
export async function appendRows(
  timeline: Timeline,
  open: RowSource,
  checked: Checked,
  options: ImportOptions = {},
): Promise<Summary> {
  const { foreseen, skipped, passed, rows, reports } = checked
  const dryRun = options.dryRun === true
  const summary = { rows, reports, skipped, dryRun }
  if (dryRun || foreseen.appended === 0 || checked.interrupted) {
    const { interrupted } = checked
    const would = dryRun ? foreseen : { ...foreseen, appended: 0, registered: [] }
    return { ...summary, ...would, commits: 0, head: timeline.head, interrupted }
  }
  const appender = new Appender(timeline, options, checked.compared)
  const told = counter('append', options.onProgress)
  const onBad = options.skipBad === true ? () => {} : undefined
  const interrupted = await through(open(told.hooks(onBad)), options.signal, async (some) => {
    for (const row of some) {
      if (passed.has(keyOf(row[0]!))) continue
      await appender.add(row)
      if (options.signal?.aborted) return
    }
    told.add(some.length)
  })
  if (!interrupted) await appender.flush()
  const { appended, duplicates, registered, commits } = appender
  return { ...summary, appended, duplicates, registered, commits, head: timeline.head, interrupted }
}

/** What the check of all rows found. */
export interface Checked {
  readonly foreseen: {
    readonly appended: number
    readonly duplicates: number
    readonly registered: Appended['registered']
  }
  readonly skipped: readonly BadRow[]
  /** Rows that are passed over though they can be mapped. */
  readonly passed: ReadonlySet<string>
  readonly rows: number
  readonly reports: number
  readonly interrupted: boolean
  /** The head that what is appended hangs on; `null` where it hangs on none. */
  readonly compared: number | null
}

/** Bad rows of which the nearest known names are told: to find them takes its time. */
const EXPLAINED = 20

/**
 * Checks all rows as the appends will, and appends nothing.
 *
 * @throws what the first bad row was refused with, unless such are passed over.
 */
export async function checkRows(
  timeline: Timeline,
  open: RowSource,
  options: ImportOptions = {},
): Promise<Checked> {
  const { register = false, thoughts = false, skipBad = false } = options
  const compared = options.compared === true ? timeline.head : null
  const rehearsal = timeline.rehearse({ register, thoughts })
  const skipped: BadRow[] = []
  const passed = new Set<string>()
  const registered: Appended['registered'][number][] = []
  let [appended, duplicates, reports] = [0, 0, 0]
  const told = counter('check', options.onProgress)
  const onBad = skipBad ? (bad: RashomonError) => skipped.push(badRow(bad)) : undefined

  const refuse = async (error: RashomonError, row: readonly MappedRow[]) => {
    const explained = skipped.length < EXPLAINED ? await rehearsal.explain(error) : error
    const refused = placed(explained as RashomonError, row)
    if (!skipBad) throw refused
    skipped.push(badRow(refused))
    passed.add(keyOf(row[0]!))
  }
  const interrupted = await through(open(told.hooks(onBad)), options.signal, async (rows) => {
    const foreseen = await rehearsal.check(rows.map((row) => row.map(rehearsed)))
    for (const [at, one] of foreseen.entries()) {
      const row = rows[at]!
      if (one.type === 'refused') {
        await refuse(one.error, row)
        continue
      }
      const fresh = one.outcomes.filter((outcome) => outcome === 'new').length
      registered.push(...one.registered)
      appended += fresh + one.registered.length
      duplicates += row.length - fresh
      reports += row.length
    }
    told.add(rows.length)
  })
  return {
    foreseen: { appended, duplicates, registered },
    skipped: inOrder(skipped),
    passed,
    rows: told.rows,
    reports,
    interrupted,
    compared,
  }
}

/** As the rows stand in the files: some rows cannot be mapped, which is found before what others are refused for. */
function inOrder(skipped: readonly BadRow[]): BadRow[] {
  const files = [...new Set(skipped.map(({ file }) => file))]
  return [...skipped].sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.row - b.row)
}

function rehearsed({ report, derived }: MappedRow): Rehearsed {
  return { report, unique: derived === true }
}

function placed(error: RashomonError, reports: readonly MappedRow[]): RashomonError {
  const one = reports[error.place.report ?? 0]
  if (one === undefined) return error
  return placedAt(error.code === 'id-taken' && one.derived ? madeOtherwise(error) : error, one)
}

/** An id of the row's own content is taken by what another mapping made of the same row. */
function madeOtherwise({ code, place, data, cause }: RashomonError): RashomonError {
  return new RashomonError(
    code,
    'the log holds this row as another mapping made a report of it; that mapping would be right, or a `name` in this one to add what it makes as reports of their own',
    { place, data, cause },
  )
}

function badRow({ code, message, place }: RashomonError): BadRow {
  const { file = '', row = 0, column, field } = place
  return {
    file,
    row,
    ...(column === undefined ? {} : { column }),
    ...(field === undefined ? {} : { field }),
    code,
    reason: message,
  }
}

function keyOf({ file, row }: MappedRow): string {
  return `${row}\u0000${file}`
}

/** What was compared with the log is true of it no longer. */
function overtaken({ code, place, data, cause }: RashomonError): RashomonError {
  return new RashomonError(
    code,
    'the log grew while the files were compared with it, and the rest was not appended; running the import again would be right',
    { place, data, cause },
  )
}

/** Gathers reports into commits. */
class Appender {
  appended = 0
  duplicates = 0
  commits = 0
  readonly registered: Appended['registered'][number][] = []
  readonly #timeline: Timeline
  readonly #register: boolean
  readonly #most: number
  #waiting: MappedRow[] = []
  /** The newest position that is known of, where nothing may come after it. */
  #head: number | null

  constructor(
    timeline: Timeline,
    { register = false, commit = COMMIT }: ImportOptions,
    compared: number | null,
  ) {
    this.#timeline = timeline
    this.#head = compared
    this.#register = register
    this.#most = commit
  }

  async add(row: readonly MappedRow[]): Promise<void> {
    if (this.#waiting.length > 0 && this.#waiting.length + row.length > this.#most)
      await this.flush()
    this.#waiting.push(...row)
  }

  async flush(): Promise<void> {
    const reports = this.#waiting
    if (reports.length === 0) return
    this.#waiting = []
    try {
      const { receipts, registered } = await this.#timeline.record(
        reports.map(({ report }) => report),
        {
          register: this.#register,
          ...(this.#head === null ? {} : { unless: { after: this.#head } }),
        },
      )
      for (const { position } of receipts)
        if (this.#head !== null) this.#head = Math.max(this.#head, position)
      const again = receipts.filter(({ duplicate }) => duplicate).length
      const made = reports.length - again + registered.length
      this.duplicates += again
      this.appended += made
      this.registered.push(...registered)
      if (made > 0) this.commits++
    } catch (error) {
      if (isRashomonError(error, 'condition-failed')) throw overtaken(error)
      throw isRashomonError(error) && error.place.report !== undefined
        ? placed(error, reports)
        : error
    }
  }
}
