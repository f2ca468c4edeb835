/**
 * How a log lies in SQLite, and the guards that keep it append-only even from other tools: they
 * ask before an INSERT, so that REPLACE is caught whether or not it fires delete triggers.
 */

/** `RSMN`, at byte 68 of the file: what a log is recognised by. */
export const APPLICATION_ID = 0x52534d4e

/** The schema's number, kept as `user_version`. */
export const SCHEMA = 1

const never = (table: string, event: 'UPDATE' | 'DELETE', word: string) =>
  `CREATE TRIGGER ${table}_never_${word} BEFORE ${event} ON ${table} BEGIN
  SELECT RAISE(ABORT, '${table} are never ${word}');
END`

/** Every object of the schema by name, as SQLite keeps its text. */
export const OBJECTS: Readonly<Record<string, string>> = {
  meta: `CREATE TABLE meta (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID`,
  entries: `CREATE TABLE entries (
  position INTEGER NOT NULL PRIMARY KEY,
  "commit" INTEGER NOT NULL CHECK ("commit" >= position),
  id TEXT NOT NULL UNIQUE,
  recorded INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  hash BLOB NOT NULL,
  leaf BLOB NOT NULL,
  behind INTEGER NOT NULL CHECK (behind >= 0),
  from_log TEXT,
  from_position INTEGER,
  from_recorded INTEGER,
  CHECK ((from_log IS NULL) = (from_position IS NULL)
    AND (from_log IS NULL) = (from_recorded IS NULL))
) STRICT`,
  parts: `CREATE TABLE parts (
  position INTEGER NOT NULL REFERENCES entries (position),
  name TEXT NOT NULL,
  salt BLOB NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (position, name)
) STRICT, WITHOUT ROWID`,
  meta_once: `CREATE TRIGGER meta_once BEFORE INSERT ON meta BEGIN
  SELECT RAISE(ABORT, 'meta are said once')
    WHERE EXISTS (SELECT 1 FROM meta WHERE name = NEW.name);
END`,
  meta_never_changed: never('meta', 'UPDATE', 'changed'),
  meta_never_removed: never('meta', 'DELETE', 'removed'),
  entries_next: `CREATE TRIGGER entries_next BEFORE INSERT ON entries BEGIN
  SELECT RAISE(ABORT, 'positions are dense')
    WHERE NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM entries);
  SELECT RAISE(ABORT, 'stamps never decrease')
    WHERE NEW.recorded < (SELECT recorded FROM entries ORDER BY position DESC LIMIT 1);
  SELECT RAISE(ABORT, 'ids are held once')
    WHERE EXISTS (SELECT 1 FROM entries WHERE id = NEW.id);
END`,
  entries_never_changed: never('entries', 'UPDATE', 'changed'),
  entries_never_removed: never('entries', 'DELETE', 'removed'),
  parts_once: `CREATE TRIGGER parts_once BEFORE INSERT ON parts BEGIN
  SELECT RAISE(ABORT, 'parts are said once')
    WHERE EXISTS (SELECT 1 FROM parts WHERE position = NEW.position AND name = NEW.name);
END`,
  parts_never_changed: never('parts', 'UPDATE', 'changed'),
  parts_never_removed: never('parts', 'DELETE', 'removed'),
}

/** An object as `sqlite_schema` lists it. */
export interface SchemaObject {
  readonly type: string
  readonly name: string
  readonly sql: string | null
}

/** What of a schema is not as this release makes it, in words; empty when all is. */
export function schemaFaults(objects: readonly SchemaObject[]): string[] {
  const found = new Map(objects.map((object) => [object.name, object.sql]))
  const faults: string[] = []
  for (const [name, sql] of Object.entries(OBJECTS)) {
    if (!found.has(name)) faults.push(`${name} is missing`)
    else if (found.get(name) !== sql) faults.push(`${name} is not as it was made`)
  }
  for (const { type, name } of objects) {
    if (type === 'trigger' && OBJECTS[name] === undefined) faults.push(`trigger ${name} is foreign`)
  }
  return faults
}
