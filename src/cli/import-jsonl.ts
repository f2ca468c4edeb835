/** `import jsonl`: appends what another log wrote out, commit by commit. */
import { createReadStream } from 'node:fs'
import { isRashomonError } from '../errors.js'
import type { Imported } from '../exchange/jsonl.js'
import { unreadable } from '../exchange/unreadable.js'
import type { Timeline } from '../index.js'
import { answer, type Session, withLogToWrite } from './session.js'

/** An entry and the file it was read from. */
interface Placed {
  readonly file: string
  readonly entry: Imported
}

export async function importJsonl(
  session: Session,
  { files, dryRun }: { readonly files: readonly string[]; readonly dryRun: boolean },
): Promise<void> {
  const read: Placed[] = []
  for (const file of files) for (const placed of await entriesOf(file)) read.push(placed)
  const rehearse = async (timeline: Timeline): Promise<Outcome> => {
    await restore(timeline, read, true)
    const held = read.filter(({ entry }) => timeline.receipt(idOf(entry)) !== undefined).length
    return { appended: read.length - held, head: timeline.head }
  }
  const work = async (timeline: Timeline): Promise<Outcome> => {
    const foreseen = await rehearse(timeline)
    if (dryRun) return foreseen
    const before = timeline.head
    for (const commit of commitsOf(read)) await restore(timeline, commit, false)
    return { appended: timeline.head - before, head: timeline.head }
  }
  const { appended, head } = await withLogToWrite(session, rehearse, work, { dryRun })
  const duplicates = read.length - appended
  const document = {
    format: 'jsonl',
    files,
    dryRun,
    entries: read.length,
    appended,
    duplicates,
    head,
  }
  await answer(session, document, () => [
    `read ${read.length} entries; ${dryRun ? 'would append' : 'appended'} ${appended}, ${duplicates} held already; the head is ${head}`,
  ])
}

interface Outcome {
  readonly appended: number
  readonly head: number
}

async function entriesOf(file: string): Promise<Placed[]> {
  const { readJsonl } = await import('../exchange/jsonl.js')
  const { linesOf } = await import('../exchange/lines.js')
  const name = file === '-' ? 'standard input' : file
  const stream: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file)
  const found: Placed[] = []
  try {
    for await (const entry of readJsonl(linesOf(stream, { file: name }), { file: name }))
      found.push({ file: name, entry })
  } catch (error) {
    throw isRashomonError(error) ? error : unreadable(name, error)
  }
  return found
}

/** Appends as one commit, or only checks; what is refused says its file and row. */
async function restore(timeline: Timeline, read: readonly Placed[], dryRun: boolean) {
  try {
    await timeline.restore(
      read.map(({ entry }) => entry),
      { dryRun },
    )
  } catch (error) {
    if (!isRashomonError(error)) throw error
    const one = error.place.report === undefined ? undefined : read[error.place.report]
    throw one === undefined ? error : error.at({ file: one.file, row: one.entry.row })
  }
}

/** Entries that were one commit where they come from, together. */
function* commitsOf(read: readonly Placed[]): Iterable<Placed[]> {
  let commit: Placed[] = []
  for (const one of read) {
    commit.push(one)
    if (one.entry.position !== one.entry.commit) continue
    yield commit
    commit = []
  }
}

function idOf({ report }: Imported): string {
  return String((report as { id?: unknown }).id)
}
