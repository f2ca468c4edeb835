/**
 * The plain side: a table in SQLite as a user would make it for this one question, its times
 * already numbers. Durable as the log is: WAL, synced at every commit.
 */
import Database from 'better-sqlite3'
import { ACCOUNTS } from './generate.mjs'

const SCHEMA = `
  CREATE TABLE places (place TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE accounts (account TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE reports (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    account TEXT NOT NULL,
    earliest INTEGER NOT NULL,
    latest INTEGER NOT NULL,
    published INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    holder TEXT NOT NULL,
    report TEXT NOT NULL
  );
  CREATE INDEX told ON reports (place, account, latest, earliest, published);
`

const ORDER = 'latest DESC, earliest DESC, published DESC, id DESC'

/** Ways to ask for the whole map; the fastest is the one that is measured. */
const MAPS = {
  window: `SELECT place, account, holder FROM (
    SELECT place, account, holder,
      row_number() OVER (PARTITION BY place, account ORDER BY ${ORDER}) AS nth
    FROM reports WHERE latest <= :valid AND position <= :known)
    WHERE nth = 1`,
  correlated: `SELECT place, account, (
      SELECT holder FROM reports r
      WHERE r.place = p.place AND r.account = a.account AND latest <= :valid AND position <= :known
      ORDER BY ${ORDER} LIMIT 1) AS held
    FROM places p CROSS JOIN accounts a WHERE held IS NOT NULL`,
}

/** @typedef {keyof typeof MAPS} MapWay */

const withoutPosition = (/** @type {string} */ sql) => sql.replace(' AND position <= :known', '')

/**
 * @param {string} file
 * @param {readonly string[]} places
 */
export function openPlain(file, places) {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  const isNew = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'reports'").get() === undefined
  if (isNew) {
    db.exec(SCHEMA)
    const place = db.prepare('INSERT INTO places VALUES (?)')
    const account = db.prepare('INSERT INTO accounts VALUES (?)')
    db.transaction(() => {
      for (const id of places) place.run(id)
      for (const id of ACCOUNTS) account.run(id)
    })()
  }
  const insert = db.prepare(`INSERT INTO reports
    (id, place, account, earliest, latest, published, recorded, holder, report)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const appendAll = db.transaction(
    (/** @type {readonly import('./generate.mjs').Generated[]} */ all) => {
      const recorded = Date.now()
      for (const { written, row } of all)
        insert.run(
          row.id,
          row.place,
          row.account,
          row.earliest,
          row.latest,
          row.published,
          recorded,
          row.holder,
          JSON.stringify(written),
        )
    },
  )
  const holder = db
    .prepare(
      `SELECT holder FROM reports WHERE place = ? AND account = ? AND latest <= ?
        ORDER BY ${ORDER} LIMIT 1`,
    )
    .pluck()
  const maps = Object.entries(MAPS).map(([way, sql]) => ({
    way: /** @type {MapWay} */ (way),
    known: db.prepare(sql).raw(),
    head: db.prepare(withoutPosition(sql)).raw(),
  }))
  const count = db.prepare('SELECT count(*) FROM reports').pluck()

  return {
    /** SQLite's version. */
    version: String(db.prepare('SELECT sqlite_version()').pluck().get()),
    ways: maps.map(({ way }) => way),
    count: () => Number(count.get()),
    /** @param {readonly import('./generate.mjs').Generated[]} all */
    append: (all) => appendAll(all),
    /**
     * The holder that each account names for a place.
     *
     * @param {string} place @param {number} valid
     */
    place(place, valid) {
      /** @type {Record<string, string>} */
      const held = {}
      for (const account of ACCOUNTS) {
        const found = holder.get(place, account, valid)
        if (found !== undefined) held[account] = /** @type {string} */ (found)
      }
      return held
    },
    /**
     * Place, account and holder of all of which something is held.
     *
     * @param {{ valid: number, known?: number }} reading `known`: how many reports had come
     * @param {MapWay} way
     */
    map({ valid, known }, way) {
      const asked = maps.find((one) => one.way === way)
      const rows =
        known === undefined ? asked?.head.all({ valid }) : asked?.known.all({ valid, known })
      return /** @type {[string, string, string][]} */ (rows)
    },
    close: () => db.close(),
  }
}

/** @typedef {ReturnType<typeof openPlain>} Plain */
