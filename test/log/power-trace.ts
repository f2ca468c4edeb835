/** Reads what strace recorded of a process into what it did to the files of one folder, in order. */
import { basename, dirname } from 'node:path'

/** Something done to a file, which is told by a number: a name may stand for several in turn. */
export type Done =
  | { readonly what: 'made'; readonly name: string; readonly file: number }
  | { readonly what: 'removed'; readonly name: string }
  | { readonly what: 'written'; readonly file: number; readonly at: number; readonly bytes: Buffer }
  | { readonly what: 'cut'; readonly file: number; readonly size: number }
  | { readonly what: 'synced'; readonly file: number }
  /** The folder was synced: what was made and removed in it stays so. */
  | { readonly what: 'names synced' }
  | { readonly what: 'printed'; readonly line: string }

/** Calls that strace is asked for; those with `?` some machines do not have. */
const CALLS = [
  ...['openat', '?open', '?creat', 'close', 'write', 'writev', 'pwrite64', 'pwritev', '?pwritev2'],
  ...['ftruncate', 'truncate', 'fallocate', 'fsync', 'fdatasync', 'mmap', 'linkat', 'unlinkat'],
  ...['?link', '?unlink', '?rename', '?renameat', 'renameat2'],
]

/** The command that records a process into `trace`: strings whole and in hexadecimal. */
export const recordInto = (trace: string): string[] => [
  ...['strace', '-f', '-qq', '-xx', '-s', '1000000', '-o', trace, '-e', 'signal=none'],
  ...['-e', `trace=${CALLS.join(',')}`],
]

/** A file whose mapping does not outlast the processes that share it. */
const FLEETING = /-shm$/

interface Call {
  readonly name: string
  readonly args: readonly string[]
  readonly result: number
}

/**
 * The calls of a trace, each where it returned. A call during which another thread's came is
 * recorded in two halves; `close` counts from its first, as its number may be given anew at once.
 */
function* callsOf(trace: string): Iterable<Call> {
  const begun = new Map<string, string>()
  for (const line of trace.split('\n')) {
    const [, process = '', first = '', rest = ''] =
      /^(\d+) +(?:<\.\.\. \w+ resumed>)?(.)(.*)$/.exec(line) ?? []
    const text = (line.includes(' resumed>') ? (begun.get(process) ?? '') : '') + first + rest
    const [half] = / <unfinished ...>$/.exec(text) ?? []
    const isClose = text.startsWith('close(')
    if (half !== undefined) begun.set(process, isClose ? '' : text.slice(0, -half.length))
    if (half !== undefined && !isClose) continue
    if (half !== undefined) yield { name: 'close', args: [text.slice(6, -half.length)], result: 0 }
    const [, name, args = '', result] = /^(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+)/.exec(text) ?? []
    if (name !== undefined) yield { name, args: args.split(', '), result: Number(result) }
  }
}

const bytesOf = (quoted: string | undefined): Buffer => {
  if (quoted === undefined || !/^".*"$/s.test(quoted)) throw new Error(`not whole: ${quoted}`)
  return Buffer.from(quoted.slice(1, -1).replaceAll('\\x', ''), 'hex')
}

/**
 * What was done in `folder`, an absolute path without links. Errors: an Error for a call that
 * changes one of its files in a way that is not understood here.
 */
export function doneIn(folder: string, trace: string): Done[] {
  const done: Done[] = []
  const names = new Map<string, number>()
  /** What a descriptor stands for: a file by its number, the folder itself. */
  const open = new Map<number, number | 'folder'>()
  let files = 0
  let printed = ''

  const opened = (path: string, flags: string, descriptor: number): void => {
    open.delete(descriptor)
    if (path === folder) open.set(descriptor, 'folder')
    if (dirname(path) !== folder || FLEETING.test(path)) return
    const name = basename(path)
    let file = names.get(name)
    if (file === undefined) {
      file = files++
      names.set(name, file)
      done.push({ what: 'made', name, file })
    } else if (flags.includes('O_TRUNC')) {
      done.push({ what: 'cut', file, size: 0 })
    }
    open.set(descriptor, file)
  }
  const removed = (path: string): void => {
    const name = basename(path)
    if (dirname(path) === folder && names.delete(name)) done.push({ what: 'removed', name })
  }
  const print = (bytes: Buffer): void => {
    const lines = (printed + bytes.toString('utf8')).split('\n')
    printed = lines.pop() as string
    for (const line of lines) done.push({ what: 'printed', line })
  }

  for (const { name, args, result } of callsOf(trace)) {
    const [first = '', second = '', third = ''] = args
    const file = open.get(Number(first))
    if (name === 'close') open.delete(Number(first))
    else if (result < 0) continue
    else if (name === 'openat') opened(bytesOf(second).toString(), third, result)
    else if (name === 'unlink') removed(bytesOf(first).toString())
    else if (name === 'unlinkat') removed(bytesOf(second).toString())
    else if (name === 'write' && first === '1') print(bytesOf(second).subarray(0, result))
    else if (name === 'mmap') {
      if (open.has(Number(args[4])) && /SHARED/.test(args[3] ?? '') && /WRITE/.test(third))
        throw new Error('a file was mapped to be written, which no trace can tell')
    } else if (file === undefined) {
      const named = args.filter((arg) => name !== 'write' && arg.startsWith('"'))
      if (named.some((arg) => bytesOf(arg).includes(`${folder}/`)))
        throw new Error(`${name} of a file is not understood`)
    } else if (name === 'fsync' || name === 'fdatasync') {
      done.push(file === 'folder' ? { what: 'names synced' } : { what: 'synced', file })
    } else if (file === 'folder') throw new Error(`${name} of a folder is not understood`)
    else if (name === 'pwrite64') {
      const bytes = bytesOf(second).subarray(0, result)
      done.push({ what: 'written', file, at: Number(args[3]), bytes })
    } else if (name === 'ftruncate') done.push({ what: 'cut', file, size: Number(second) })
    else throw new Error(`${name} of a file is not understood`)
  }
  return done
}
