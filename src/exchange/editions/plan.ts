/**
 * Editions of one list: each publication tells the whole of it anew, and what it tells otherwise
 * than the one before is that source's second thought.
 *
 *   the row is new             the report is appended
 *   it says something else     a correction of the changed fields
 *   it is missing              a withdrawal
 *   it is there again          a withdrawal of that withdrawal
 *
 * All of these are the source's own and published when the edition was, so a reading at any
 * `published` has the rows of the edition of its day. Each edition is taken against what the log
 * holds, so that one that is there adds nothing, and one that was cut short is completed. An edition
 * older than what the log holds would change what later ones left unsaid: it is refused, unless it
 * adds nothing.
 */
import { RashomonError, type Timeline } from '../../index.js'
import { placedAt } from '../csv/rows.js'
import { fieldsBetween } from './form.js'
import { chainText, HeldList, type HeldReport } from './held.js'
import { type EditionRow, type ReadRow, readRows } from './read.js'

export interface EditionTally {
  /** As its reports state it. */
  readonly published: string
  readonly reports: number
  readonly added: number
  readonly corrected: number
  readonly withdrawn: number
  readonly returned: number
}

export interface EditionPlan<R> {
  /** What to append, in order. */
  readonly rows: readonly R[]
  /** In the order of publication. */
  readonly editions: readonly EditionTally[]
}

export interface EditionOptions<R> {
  /** What the ids of the list's reports begin with. */
  readonly prefix: string
  /** Makes a row of what an edition says beside its own: the row it came from, or is missing from. */
  readonly rowOf: (like: R, report: Readonly<Record<string, unknown>>) => R
}

/**
 * What the editions that rows belong to add to the log as it is at its head. Entries of the desk
 * are no part of an edition; they come first, each once.
 *
 * @throws `invalid-report` for a row that is of no edition, `id-taken` for an edition that the log holds
 *   otherwise or one older than it holds, `unauthorised` for a report that changed its source, and
 *   what the door refuses; with file and row.
 */
export async function planEditions<R extends EditionRow>(
  timeline: Timeline,
  rows: readonly R[],
  options: EditionOptions<R>,
): Promise<EditionPlan<R>> {
  const desk = new Map(
    rows
      .filter(({ report }) => report.attribution === undefined)
      .map((row) => [JSON.stringify(row.report), row]),
  )
  const told = await readRows(rows.filter(({ report }) => report.attribution !== undefined))
  const list = HeldList.of(timeline, options.prefix, timeline.head)
  const editions = editionsOf(told, options.prefix)
  const plans = editions.map((edition) => new Edition(edition, list, options).plan())
  return {
    rows: [...desk.values(), ...plans.flatMap(({ planned }) => planned)],
    editions: plans.map(({ tally }) => tally),
  }
}

function publisherOf({ attribution }: Pick<HeldReport, 'attribution'>): string | undefined {
  return attribution[0]?.source
}

interface Publication<R extends EditionRow> {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly rows: Map<string, ReadRow<R>>
}

const SECOND_THOUGHTS = ['withdrawal', 'correction']

/** Rows by publication, ascending. */
function editionsOf<R extends EditionRow>(
  rows: readonly ReadRow<R>[],
  prefix: string,
): Publication<R>[] {
  const byDate = new Map<number, Publication<R>>()
  for (const read of rows) {
    const { row, id, stored, form } = read
    if (SECOND_THOUGHTS.includes(stored.claim.kind))
      throw refuse(
        row,
        'claim.kind',
        `${stored.claim.kind} is no row of an edition; what the edition says, and nothing of earlier ones, would be right`,
      )
    if (!id.startsWith(prefix))
      throw refuse(
        row,
        'id',
        `${JSON.stringify(id)} is not of the list ${JSON.stringify(prefix)}; an id that begins so, and is the same in every edition, would be right`,
      )
    if (form.published === null)
      throw refuse(row, 'published', 'is missing; the publication of the edition would be right')
    const edition = byDate.get(form.published) ?? { at: form.published, rows: new Map() }
    byDate.set(form.published, edition)
    const before = edition.rows.get(id)
    if (before !== undefined && !sameRow(before, read))
      throw refuse(
        row,
        'id',
        `${JSON.stringify(id)} stands in row ${before.row.row} of ${before.row.file} with other content; one row for each id of an edition would be right`,
        'id-taken',
      )
    edition.rows.set(id, before ?? read)
  }
  return [...byDate.values()].sort((a, b) => a.at - b.at)
}

function sameRow(a: ReadRow<EditionRow>, b: ReadRow<EditionRow>): boolean {
  return (
    a.stored.claim.kind === b.stored.claim.kind &&
    chainText(a.stored.attribution) === chainText(b.stored.attribution) &&
    fieldsBetween(a.form, b.form, { first: a.form, published: '' }) === null
  )
}

class Edition<R extends EditionRow> {
  readonly #at: number
  readonly #rows: ReadonlyMap<string, ReadRow<R>>
  /** What entries that no row makes are like. */
  readonly #like: ReadRow<R>
  readonly #list: HeldList
  readonly #options: EditionOptions<R>
  readonly #label: string
  readonly #planned: R[] = []
  readonly #tally = { added: 0, corrected: 0, withdrawn: 0, returned: 0 }

  constructor({ at, rows }: Publication<R>, list: HeldList, options: EditionOptions<R>) {
    this.#at = at
    this.#rows = rows
    this.#list = list
    this.#options = options
    this.#like = [...rows.values()][0]!
    this.#label = this.#like.stored.published!.wording
  }

  plan(): { planned: readonly R[]; tally: EditionTally } {
    const newest = this.#list.newest
    for (const row of this.#rows.values()) this.#take(row)
    const publishers = new Set([...this.#rows.values()].map(({ stored }) => publisherOf(stored)))
    for (const id of [...this.#list.ids()]) {
      const held = this.#list.get(id)!
      // Another's list whose ids begin alike is none of this one's.
      if (!this.#rows.has(id) && publishers.has(publisherOf(held))) this.#miss(held)
    }
    const [first] = this.#planned
    if (first !== undefined && newest > this.#at) throw this.#older(first)
    const tally = { published: this.#label, reports: this.#rows.size, ...this.#tally }
    return { planned: this.#planned, tally }
  }

  #take(read: ReadRow<R>): void {
    const { row, id, stored, form } = read
    const held = this.#list.get(id)
    if (held === undefined) {
      this.#planned.push(row)
      this.#tally.added++
      const { attribution, batch } = stored
      this.#list.add({ id, kind: stored.claim.kind, attribution, batch, first: form })
      return
    }
    this.#check(read, held)
    if (held.first.published === null || held.first.published > this.#at) throw this.#older(row)
    const voided = this.#list.voided(held)
    if (voided === 'entry') return
    if (voided === 'batch')
      throw refuse(
        row,
        'id',
        `${JSON.stringify(id)} was voided with its batch ${JSON.stringify(held.batch)}; voiding that void, or a list of another prefix, would be right`,
        'id-taken',
      )
    for (const withdrawal of this.#list.withdrawalsAt(id, this.#at)) {
      if (withdrawal.published === this.#at) throw this.#otherwise(row, id)
      const back = `${withdrawal.id}/${this.#label}`
      this.#say(row, back, {
        kind: 'withdrawal',
        of: withdrawal.id,
        reason: `in the edition of ${this.#label} again`,
      })
      this.#list.act(withdrawal.id, {
        id: back,
        batch: stored.batch,
        published: this.#at,
        corrects: null,
      })
      this.#tally.returned++
    }
    const before = this.#list.formAt(held, this.#at)
    const fields = fieldsBetween(before, form, {
      first: held.first,
      published: this.#label,
    })
    if (fields === null) return
    if (this.#list.toldAt(held, this.#at)) throw this.#otherwise(row, id)
    const correction = `${id}@${this.#label}`
    this.#say(row, correction, {
      kind: 'correction',
      of: id,
      reason: `otherwise in the edition of ${this.#label}`,
      fields,
    })
    const { claim, start = null, end = null, citation } = form
    const gone = Object.keys(before.claim).filter((name) => !(name in claim))
    const patch = {
      claim: { ...claim, ...Object.fromEntries(gone.map((name) => [name, null])) } as never,
      start,
      end,
      citation,
      ...(fields.published === undefined ? {} : { published: this.#at }),
    }
    this.#list.act(id, {
      id: correction,
      batch: stored.batch,
      published: this.#at,
      corrects: patch,
    })
    this.#tally.corrected++
  }

  /** What the list has and the edition has not. */
  #miss(held: HeldReport): void {
    const { id } = held
    const { published } = held.first
    if (published === null || published > this.#at || this.#list.voided(held) !== null) return
    if (this.#list.withdrawalsAt(id, this.#at).length > 0) return
    const like = this.#like
    if (this.#list.toldAt(held, this.#at) || this.#list.returnedAt(held, this.#at))
      throw this.#otherwise(like.row, id)
    const withdrawal = `${id}@${this.#label}/withdrawn`
    this.#say(
      like.row,
      withdrawal,
      { kind: 'withdrawal', of: id, reason: `not in the edition of ${this.#label}` },
      held,
    )
    this.#list.act(id, {
      id: withdrawal,
      batch: like.stored.batch,
      published: this.#at,
      corrects: null,
    })
    this.#tally.withdrawn++
  }

  /** Plans an entry of the source's, published as the edition was. */
  #say(like: R, id: string, claim: object, held?: HeldReport): void {
    const { attribution, published, zone, batch } = like.report
    const report = {
      id,
      claim,
      attribution: held === undefined ? attribution : held.attribution,
      published,
      ...(zone === undefined ? {} : { zone }),
      ...(batch === undefined ? {} : { batch }),
    }
    this.#planned.push(this.#options.rowOf(like, report))
  }

  #check({ row, id, stored }: ReadRow<R>, held: HeldReport): void {
    if (stored.claim.kind !== held.kind)
      throw refuse(
        row,
        'claim.kind',
        `${JSON.stringify(id)} was a ${held.kind} and is a ${stored.claim.kind}; the same kind in every edition would be right`,
        'id-taken',
      )
    if (chainText(stored.attribution) !== chainText(held.attribution))
      throw refuse(
        row,
        'attribution',
        `${JSON.stringify(id)} is said by another than before, whose report is not theirs to correct; the same attribution in every edition would be right`,
        'unauthorised',
      )
  }

  #older(row: R): RashomonError {
    return refuse(
      row,
      'published',
      `the edition of ${this.#label} is older than what the log holds of the list; editions in the order of their publication would be right`,
      'id-taken',
    )
  }

  /** One publication says one thing: what it said otherwise before was another file, or another mapping. */
  #otherwise(row: R, id: string): RashomonError {
    return refuse(
      row,
      'id',
      `the log holds the edition of ${this.#label} with other content of ${JSON.stringify(id)}; all its files in one import, by the mapping it was imported with, would be right`,
      'id-taken',
    )
  }
}

function refuse(
  row: EditionRow,
  field: string,
  message: string,
  code: 'invalid-report' | 'id-taken' | 'unauthorised' = 'invalid-report',
): RashomonError {
  return placedAt(new RashomonError(code, `${field}: ${message}`, { place: { field } }), row)
}
