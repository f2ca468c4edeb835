/**
 * The terminal as it is: whether colours are wanted on a stream, how wide it is, and silence
 * when the reader of a pipe has had enough.
 */
import pc from 'picocolors'

export type Paint = ReturnType<typeof pc.createColors>

type Stream = { readonly isTTY?: boolean; readonly columns?: number }

/** Colours only at a terminal; `NO_COLOR` switches them off, `FORCE_COLOR` on. */
export function paintFor(stream: Stream, env: NodeJS.ProcessEnv = process.env): Paint {
  const forced = env.FORCE_COLOR
  const wanted = env.NO_COLOR
    ? false
    : forced
      ? forced !== '0' && forced !== 'false'
      : stream.isTTY === true && env.TERM !== 'dumb'
  return pc.createColors(wanted)
}

/** Columns to fill: the terminal's own, else `COLUMNS`, else 100; between 60 and 140. */
export function widthOf(stream: Stream, env: NodeJS.ProcessEnv = process.env): number {
  const told = stream.isTTY ? stream.columns : Number.parseInt(env.COLUMNS ?? '', 10)
  return Math.min(140, Math.max(60, told || 100))
}

/** Ends the process without a word when whoever reads the output stops reading, as `head` does. */
export function quietOnBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
      throw error
    })
}

/** What Ctrl-C does, unless work that can be stopped says otherwise. */
const end = () => process.exit(INTERRUPTED)
let atInterrupt: () => void = end

/** Exit code of a process that Ctrl-C ended. */
export const INTERRUPTED = 130

/** Ctrl-C ends with 130. A commit under way is finished first: it never yields in the middle. */
export function endOnInterrupt(): void {
  process.on('SIGINT', () => atInterrupt())
}

/** Does work that Ctrl-C asks to stop; a second one ends the process at once. */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const asked = new AbortController()
  const before = atInterrupt
  atInterrupt = () => {
    if (asked.signal.aborted) end()
    asked.abort()
  }
  try {
    return await work(asked.signal)
  } finally {
    atInterrupt = before
  }
}

/** Writes to standard output and waits while the reader is slower than we are. */
export function write(text: string): Promise<void> {
  return new Promise((resolve) => {
    if (process.stdout.write(text)) resolve()
    else process.stdout.once('drain', resolve)
  })
}
