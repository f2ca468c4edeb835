/** A text's lines from its bytes, as they come in, none longer than it may be. */
import { RashomonError } from '../errors.js'

/** Bytes of one line of an export: a report and its parts, an outline of the most vertices among them. */
export const LINE = 4 * 1024 * 1024

export interface LineOptions {
  /** Named in errors. */
  readonly file?: string
  /** Bytes a line may have. */
  readonly line?: number
}

const LF = 10

/**
 * The lines of a text in UTF-8, in order, without their line feeds; what follows the last one is a
 * line where it is not empty. Nothing but a line feed ends a line: the separators of Unicode may
 * stand in a report's text.
 *
 * @throws `too-large` for a line beyond the limit, as soon as it is; `invalid-json` for one that is
 *   not UTF-8.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { file, line: most = LINE }: LineOptions = {},
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let held: Uint8Array[] = []
  let length = 0
  let row = 1

  const hold = (bytes: Uint8Array): void => {
    length += bytes.length
    if (length > most) throw tooLong(most, file, row)
    held.push(bytes)
  }
  const release = (): string => {
    const text = decode(decoder, held, { ...(file === undefined ? {} : { file }), row })
    held = []
    length = 0
    row++
    return text
  }

  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      hold(chunk.subarray(from, end))
      yield release()
      from = end + 1
    }
    if (from < chunk.length) hold(chunk.slice(from))
  }
  if (length > 0) yield release()
}

/** The refusal of a line that is too long. */
export function tooLong(most: number, file: string | undefined, row: number): RashomonError {
  return new RashomonError(
    'too-large',
    `row ${row}: a line longer than ${most} bytes; at most that would be right`,
    {
      place: { ...(file === undefined ? {} : { file }), row },
      data: { most },
    },
  )
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  held: readonly Uint8Array[],
  place: { file?: string; row: number },
): string {
  try {
    return decoder.decode(held.length === 1 ? held[0] : Buffer.concat(held))
  } catch (cause) {
    throw new RashomonError(
      'invalid-json',
      `row ${place.row}: bytes that are no UTF-8; text in UTF-8 would be right`,
      {
        place,
        cause,
      },
    )
  }
}
