/**
 * How far long work has come: a bar on standard error, at a terminal alone, with the rate and the
 * time that is left by it.
 */
import cliProgress from 'cli-progress'
import type { Session } from './session.js'

export interface Bar {
  /** `done` of the whole, and what was counted by then. */
  readonly show: (done: number, counted: number) => void
  readonly end: () => void
}

export interface BarOptions {
  /** What is being done, as in `checking`. */
  readonly doing: string
  /** What is counted, as in `rows`. */
  readonly counts: string
  readonly whole: number
}

const SILENT: Bar = { show: () => {}, end: () => {} }

/** Milliseconds before a rate says anything. */
const FIRST = 500

/** A bar, or none under `--json` and where standard error is no terminal. */
export function barFor(
  session: Pick<Session, 'json'>,
  { doing, counts, whole }: BarOptions,
  stream: NodeJS.WriteStream = process.stderr,
): Bar {
  if (session.json || stream.isTTY !== true) return SILENT
  const bar = new cliProgress.SingleBar(
    {
      stream,
      format: `${doing} {bar} {percentage}%  {counted} ${counts}{rate}`,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      fps: 8,
      etaBuffer: 50,
      barsize: 24,
    },
    cliProgress.Presets.shades_classic,
  )
  const started = performance.now()
  bar.start(Math.max(1, whole), 0, { counted: '0', rate: '' })
  return {
    show(done, counted) {
      const taken = performance.now() - started
      bar.update(Math.min(done, whole), {
        counted: printed(counted),
        rate: taken < FIRST ? '' : rateOf({ taken, done, counted, whole }),
      })
    },
    end: () => bar.stop(),
  }
}

interface Run {
  /** In milliseconds. */
  readonly taken: number
  readonly done: number
  readonly counted: number
  readonly whole: number
}

/** `, 8,000 a second, 12 s left`. */
export function rateOf({ taken, done, counted, whole }: Run): string {
  const rate = Math.round((counted / taken) * 1000)
  const left = done === 0 ? Number.NaN : (taken / done) * Math.max(0, whole - done)
  const time = Number.isNaN(left) ? '' : `, ${durationOf(left)} left`
  return `, ${printed(rate)} a second${time}`
}

function durationOf(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** A count with its thousands parted. */
export function printed(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
