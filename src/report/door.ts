/**
 * The door: the one place where what people and files say becomes a report. Behind it nothing
 * is parsed again: bounds are derived, sets are sorted, what may have to be hidden lies apart.
 *
 *   person's form ── read ───▶ Draft ── (integrity: seal) ──▶ bytes ── open ──▶ Report
 *   stored form ─── stored ──▶ Draft, as it was
 */
import { isRashomonError, RashomonError } from '../errors.js'
import { checkZone } from '../time/zone.js'
import { readAttribution } from './attribution.js'
import { canonical, inOrder } from './canonical.js'
import { readClaim, referencesOf } from './claim.js'
import { everydayControl } from './everyday.js'
import { CITATION, checkHidden, type Hidden, hide } from './hidden.js'
import {
  type ChainRead,
  type ClaimRead,
  emptyMemory,
  type House,
  kindsByName,
  type Memory,
} from './house.js'
import { idFault } from './id.js'
import { refuse, unknownField } from './issues.js'
import type { ClaimKind, References } from './kind.js'
import { control } from './kinds/control.js'
import type { Limits } from './limits.js'
import { readReplacing, recordAt } from './replacing.js'
import { checkForm, findKind, restore } from './restore.js'
import { show } from './show.js'
import { isCorrection } from './thought.js'
import { checkEndless, checkTimes, readTimes } from './times.js'
import type { Hop, Json, JsonRecord, Part, Report } from './types.js'
import { openStored } from './upcast.js'
import { byteLength } from './utf8.js'
import { measureValue } from './value.js'

/** Canonical texts of a report's fields, as far as they are at hand. */
export type Texts = Readonly<Partial<Record<keyof Report, string | undefined>>>

/** A report that is not sealed yet: its id may still have to be derived, its parts committed to. */
export interface Draft {
  /** Its fields in canonical order; shared with no other draft. */
  readonly report: Omit<Report, 'id' | 'parts'> & { readonly id?: string }
  readonly texts?: Texts
  /** What will lie beside the report as parts, by part. */
  readonly hidden: Hidden
  readonly kind: ClaimKind<object>
  readonly references: References
}

/** What the door has to know of the log that a report is meant for. */
export interface ReadContext {
  /** Zone of a place, for local times that name none. */
  zoneOf(place: string): string | undefined
  /** The report of an id as it was first recorded: a correction's fields are read by its kind. */
  reportOf?(id: string): Pick<Report, 'claim'> | undefined
  /** Index of the report among those appended together, for errors. */
  readonly index?: number
}

export interface Door {
  readonly kinds: ReadonlyMap<string, ClaimKind<object>>
  /**
   * Reads a report as a person writes it.
   *
   * @throws `invalid-report`, `invalid-time`, `too-large`, `unknown-report` with the place, and
   *   `invalid-definition` where a kind of the user's own breaks its word.
   */
  read(input: unknown, context: ReadContext): Draft
  /** Reads a stored report as it was exported, with what is readable of its parts; errors as `read`. */
  stored(
    value: unknown,
    parts: readonly Part[],
    context?: Pick<ReadContext, 'index'>,
  ): Draft & { readonly report: Report }
  /**
   * The report that canonical bytes of the log hold, at its kind's present revision.
   *
   * @throws `log-damaged` for bytes that are no report, `invalid-definition` for a kind or
   *   revision that is not known here.
   */
  open(bytes: Uint8Array): Report
  /**
   * Refuses a corrected form that could not be a report of its own; answers what it refers to.
   *
   * @throws `invalid-report`, `invalid-time`
   */
  checkForm(report: Report): References
}

export interface DoorOptions {
  readonly kinds: readonly ClaimKind<object>[]
  readonly limits: Limits
  /** Edition of the zone rules. */
  readonly rules: string
}

/** @throws `invalid-definition` where kinds clash. */
export function openDoor(options: DoorOptions): Door {
  const kinds = kindsByName(options.kinds)
  const { limits, rules } = options
  const house: House = { kinds, limits, rules, memory: emptyMemory() }
  return {
    kinds,
    read: (input, context) => placed(context.index, () => read(house, input, context)),
    stored: (value, parts, context) => placed(context?.index, () => restore(house, value, parts)),
    open: (bytes) => openStored(kinds, bytes),
    checkForm: (report) => checkForm(house, report).references,
  }
}

const FIELDS = [
  'id',
  'claim',
  'when',
  'until',
  'zone',
  'attribution',
  'published',
  'citation',
  'batch',
  'desk',
]
const KNOWN: ReadonlySet<string> = new Set(FIELDS)

function read(house: House, input: unknown, context: ReadContext): Draft {
  const { limits, memory } = house
  const { value, units } = measureValue(input, limits)
  const written = recordAt(value, [], 'a report would be right')
  for (const field of Object.keys(written))
    if (!KNOWN.has(field)) throw unknownField([], field, FIELDS)
  const said = recordAt(written.claim, ['claim'], 'an object with a kind would be right')
  const kind = findKind(house, said.kind)
  const id = readName(written, 'id')
  const batch = readName(written, 'batch')
  const attribution = readSpeaker(kind, written, memory)
  checkTakes(kind, written)

  const zone = readZone(written.zone, 'zone') ?? zoneOfEntry(kind, said)
  const {
    claim,
    references,
    hidden: covered,
  } = isCorrection(kind.kind)
    ? readCorrection(house, kind, said, { zone, context })
    : readOwn(house, kind, said)
  const zoned = new ZoneOfReport(zone, references.places, context, house.rules)
  const { end, published, start } = readTimes(written, zoned, memory)
  const report = inFieldOrder({
    attribution: attribution.value,
    batch,
    claim: claim.value,
    end: end?.value,
    id,
    published: published?.value,
    revision: kind.revision,
    start: start?.value,
  })
  checkTimes(report)
  checkEndless(kind, report)

  const { citation } = written
  const hidden =
    citation === undefined ? covered : { ...covered, [CITATION]: readCitation(citation) }
  checkHidden(hidden, limits)
  if (units * LARGEST_GROWTH + OWN_BYTES > limits.report) checkSize(report, limits)
  const texts = {
    attribution: attribution.text,
    claim: claim.text,
    end: end?.text,
    published: published?.text,
    start: start?.text,
  }
  return { report, texts, hidden, kind, references: withTellers(references, attribution.sources) }
}

type Absent = 'batch' | 'end' | 'id' | 'parts' | 'published' | 'start'

/** A report of the fields that are there, in the order of the canonical form. */
export function inFieldOrder<Id extends string | undefined>(
  fields: Omit<Report, Absent> & { readonly id: Id } & {
    readonly [Field in Exclude<Absent, 'id'>]?: Report[Field] | undefined
  },
): Omit<Report, 'id'> & (Id extends string ? { readonly id: string } : { readonly id?: string }) {
  const { attribution, batch, claim, end, id, parts, published, revision, start } = fields
  const report: Record<string, unknown> = { attribution }
  if (batch !== undefined) report.batch = batch
  report.claim = claim
  if (end !== undefined) report.end = end
  if (id !== undefined) report.id = id
  if (parts !== undefined) report.parts = parts
  if (published !== undefined) report.published = published
  report.revision = revision
  if (start !== undefined) report.start = start
  return report as never
}

/** References of a claim, with the sources through which it is told. */
function withTellers(
  { places, actors, sources, reports }: References,
  tellers: readonly string[],
): References {
  const all: { -readonly [Field in keyof References]: References[Field] } = {
    sources: sources === undefined ? tellers : [...sources, ...tellers],
  }
  if (places !== undefined) all.places = places
  if (actors !== undefined) all.actors = actors
  if (reports !== undefined) all.reports = reports
  return all
}

/** A claim as its kind reads it, or read the same words before: a kind reads words always alike. */
function readOwn(house: House, kind: ClaimKind<object>, said: JsonRecord): ClaimRead {
  const everyday = kind === control ? everydayControl(said) : null
  if (everyday !== null) return everyday
  const read = house.memory.claims.of(JSON.stringify(said), undefined, () => {
    const { claim, hidden } = hide(readClaim(kind, said, house.limits), kind.hidden)
    const references = referencesOf(kind, claim)
    return { claim: { value: claim, text: canonical(claim) }, references, hidden }
  })
  return { ...read, claim: { ...read.claim, value: inOrder(read.claim.value) } }
}

function readName(written: JsonRecord, field: 'id' | 'batch'): string | undefined {
  const value = written[field]
  if (value === undefined) return undefined
  if (typeof value !== 'string')
    throw refuse([field], `${show(value)} is no id; text of 1 to 200 bytes would be right`)
  const fault = idFault(value)
  if (fault !== null) throw refuse([field], `${show(value)} ${fault}`)
  return value
}

/** The chain of a source's report; the desk's own has none, and may say so. */
function readSpeaker(kind: ClaimKind<object>, written: JsonRecord, memory: Memory): ChainRead {
  const { attribution, desk } = written
  if (kind.by === 'desk') {
    if (desk !== undefined && desk !== true)
      throw refuse(['desk'], `${show(desk)} is no mark; true, or no such field, would be right`)
    if (attribution !== undefined)
      throw refuse(
        ['attribution'],
        `is said of a ${kind.kind}, which is the desk's own; none would be right (say what it rests on in \`citation\`)`,
      )
    return { value: [], text: '[]', sources: [] }
  }
  if (desk !== undefined)
    throw refuse(
      ['desk'],
      `is said of a ${kind.kind}, which sources say; an \`attribution\` would be right`,
    )
  if (attribution === undefined)
    throw refuse(
      ['attribution'],
      'is missing; the source that says so would be right, as in "al-masdar"',
    )
  const one = typeof attribution === 'string' ? attribution : null
  const chain = memory.chains.of(
    one ?? JSON.stringify(attribution),
    one === null ? 'list' : 'one',
    () => {
      const hops = readAttribution(attribution, ['attribution'])
      return { value: hops, text: canonical(hops), sources: hops.map((hop) => hop.source) }
    },
  )
  return { value: chain.value.map(copyHop), text: chain.text, sources: chain.sources }
}

function copyHop({ source, stance }: Hop): Hop {
  return stance === undefined ? { source } : { source, stance }
}

function checkTakes(kind: ClaimKind<object>, written: JsonRecord): void {
  for (const time of ['when', 'until'] as const)
    if (written[time] !== undefined && !kind.takes.includes(time))
      throw refuse(
        [time],
        kind.takes.length === 0
          ? `is said of a ${kind.kind}, which has no time in the world; \`published\` would be right`
          : `is said of a ${kind.kind}, which takes only \`${kind.takes.join('`, `')}\``,
      )
}

function readZone(zone: Json | undefined, field: string): string | undefined {
  if (zone === undefined) return undefined
  if (typeof zone !== 'string')
    throw refuse([field], `${show(zone)} is no zone; a name such as "Asia/Damascus" would be right`)
  return checkZone(zone, field)
}

/** An entry of the registry that gives a zone is read in it. */
function zoneOfEntry(kind: ClaimKind<object>, said: JsonRecord): string | undefined {
  return kind.by === 'desk' && typeof said.zone === 'string' ? said.zone : undefined
}

/** The zone that local times are read in: the report's own, else that of its places, which costs a look-up. */
class ZoneOfReport {
  constructor(
    private readonly own: string | undefined,
    private readonly places: readonly string[] | undefined,
    private readonly context: ReadContext,
    readonly rules: string,
  ) {}

  get zone(): string | undefined {
    return this.own ?? commonZone(this.places, this.context)
  }
}

/** The zone of the places, where all that have one have the same. */
function commonZone(
  places: readonly string[] | undefined,
  context: ReadContext,
): string | undefined {
  let common: string | undefined
  for (const place of places ?? []) {
    const zone = context.zoneOf(place)
    if (zone === undefined || zone === common) continue
    if (common !== undefined) return undefined
    common = zone
  }
  return common
}

function readCorrection(
  house: House,
  kind: ClaimKind<object>,
  said: JsonRecord,
  { zone, context }: { zone: string | undefined; context: ReadContext },
): ClaimRead {
  const of = typeof said.of === 'string' ? said.of : ''
  const found = context.reportOf?.(of)
  const original = found && house.kinds.get(found.claim.kind)
  const written = said.fields as JsonRecord | undefined
  const zoned = {
    zone:
      readZone(written?.zone, 'claim.fields.zone') ??
      zone ??
      (found && original && commonZone(referencesOf(original, found.claim).places, context)),
    rules: house.rules,
  }
  const { fields, hidden } = readReplacing(said.fields, { of, kind: original }, zoned, house.limits)
  const form =
    fields.claim === undefined || original === undefined
      ? {}
      : { form: { kind: original.kind, revision: original.revision } }
  if (said.form !== undefined) throw unknownField(['claim'], 'form', ['of', 'reason', 'fields'])
  const claim = readClaim(kind, { ...said, fields, ...form }, house.limits)
  return { claim: { value: inOrder(claim) }, references: referencesOf(kind, claim), hidden }
}

function readCitation(citation: Json): Json {
  if (
    typeof citation === 'string' ||
    (typeof citation === 'object' && citation !== null && !Array.isArray(citation))
  )
    return citation
  throw refuse(
    ['citation'],
    `${show(citation)} is no citation; text, or an object such as { "url": …, "text": … }, would be right`,
  )
}

/** A UTF-16 unit takes up to six bytes in JSON, and some fields are kept twice, as wording and as bounds. */
const LARGEST_GROWTH = 12
const OWN_BYTES = 4096

function checkSize(report: object, limits: Limits): void {
  const size = byteLength(JSON.stringify(report))
  if (size > limits.report)
    throw new RashomonError(
      'too-large',
      `report: ${size} bytes; at most ${limits.report} would be right`,
    )
}

function placed<T>(report: number | undefined, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (report !== undefined && isRashomonError(error)) throw error.at({ report })
    throw error
  }
}
