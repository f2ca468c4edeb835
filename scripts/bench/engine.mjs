/**
 * The side of the engine, through its public face alone. What a release does not have yet
 * (`frame`, `snapshot`) is left out of the measures.
 */

/** @typedef {typeof import('../../src/index.js')} Rashomon */

/** Of a member that the face may have. @param {object} owner @param {string} name */
const has = (owner, name) => typeof Reflect.get(owner, name) === 'function'

/** Reports to a commit of the entries that all others need. */
const ENTERED = 5000

/**
 * @param {Rashomon} rashomon
 * @param {string} file
 * @param {readonly import('../../src/index.js').WrittenReport[]} entries appended where the log is empty
 */
export async function openEngine(rashomon, file, entries) {
  const timeline = await rashomon.openTimeline({ log: file })
  if (timeline.head === 0)
    for (let i = 0; i < entries.length; i += ENTERED)
      await timeline.append(entries.slice(i, i + ENTERED))
  const base = entries.length
  const iso = (/** @type {number} */ at) => new Date(at).toISOString()
  /** @param {{ valid: number, known?: number }} reading */
  const view = ({ valid, known }) =>
    timeline.at({ valid: iso(valid), ...(known === undefined ? {} : { known: base + known }) })

  return {
    timeline,
    framed: has(view({ valid: 0 }), 'frame'),
    snapshots: has(timeline, 'snapshot'),
    count: () => (firstAside(timeline) ?? timeline.head + 1) - 1 - base,
    /** @param {readonly import('./generate.mjs').Generated[]} all */
    append: (all) => timeline.append(all.map(({ written }) => written)),
    /** Appends, once, what is none of the reports that are counted. @param {readonly import('../../src/index.js').WrittenReport[]} all */
    async appendAside(all) {
      if (firstAside(timeline) === undefined) await timeline.append([ASIDE, ...all])
    },
    /** @param {{ valid: number, resolver?: string }} reading */
    at: ({ valid, resolver = 'dispute' }) => timeline.at({ valid: iso(valid), resolver }),
    /** @param {number} from @param {number} to */
    diff: (from, to) => timeline.diff(iso(from), iso(to)),
    /** @param {string} place @param {number} valid */
    place(place, valid) {
      /** @type {Record<string, string>} */
      const held = {}
      for (const { account, control } of view({ valid }).place(place).accounts) {
        const actor = heldBy(control.holder)
        if (actor !== undefined) held[account] = actor
      }
      return held
    },
    /** As columns: how many are held, and by whom, is read off them. @param {{ valid: number, known?: number }} reading */
    frame(reading) {
      const frame = /** @type {any} */ (view(reading)).frame()
      const { settled } = frame.column.holder
      const by = new Int32Array(frame.values.length)
      for (let row = 0; row < frame.size; row++) by[settled[row]] = (by[settled[row]] ?? 0) + 1
      return { frame, by }
    },
    /** The frame as rows of place, account and holder. @param {{ valid: number, known?: number }} reading */
    frameRows(reading) {
      const { frame } = this.frame(reading)
      /** @type {[string, string, string][]} */
      const rows = []
      for (let row = 0; row < frame.size; row++) {
        const actor = heldBy(frame.values[frame.column.holder.settled[row]])
        if (actor !== undefined)
          rows.push([frame.places[frame.place[row]], frame.accounts[frame.account[row]], actor])
      }
      return rows
    },
    /** Place by place, the holder of every account read. @param {{ valid: number, known?: number }} reading */
    places(reading) {
      /** @type {[string, string, string][]} */
      const rows = []
      for (const { place, accounts } of view(reading).places())
        for (const { account, control } of accounts) {
          const actor = heldBy(control.holder)
          if (actor !== undefined) rows.push([place, account, actor])
        }
      return rows
    },
    close: () => timeline.close(),
  }
}

/** What stands before all that is appended beside the reports. */
const ASIDE = { id: 'aside', claim: { kind: 'actor', actor: 'nobody' } }

/** Its position. @param {import('../../src/index.js').Timeline} timeline */
function firstAside(timeline) {
  return timeline.receipt(ASIDE.id)?.position
}

/** @typedef {Awaited<ReturnType<typeof openEngine>>} Engine */

/** The actor that holds, of a value of the facet. @param {unknown} holder @returns {string | undefined} */
function heldBy(holder) {
  const actors = /** @type {{ actors?: readonly string[] } | null | undefined} */ (holder)?.actors
  return actors?.[0]
}
