/** The figures as a table, with the machine they were measured on. */

/**
 * @param {readonly import('./run.mjs').Figure[]} figures
 * @param {{ processor: string, cores: number, node: string, sqlite: string }} machine
 */
export function printFigures(figures, { processor, cores, node, sqlite }) {
  const head = ['', 'rashomon', 'plain', '', 'times as good', '']
  const rows = figures.map(({ name, unit, ours, plain, ratio, note }) => [
    name,
    round(ours),
    plain === null ? '-' : round(plain),
    unit,
    ratio === null ? '-' : round(ratio),
    note ?? '',
  ])
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)))
  const isNumber = [false, true, true, false, true, false]
  const line = (/** @type {readonly string[]} */ row) =>
    row
      .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return [
    ...[head, ...rows].map(line),
    '',
    `${processor}, ${cores} cores; Node ${node}, SQLite ${sqlite}`,
  ].join('\n')
}

/** Three figures. @param {number} number */
function round(number) {
  if (!Number.isFinite(number)) return '-'
  return number >= 100 ? number.toFixed(0) : number.toPrecision(3)
}
