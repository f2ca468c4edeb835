/** `import`: appends a data set, or what another log wrote out. */
import { Argument, Command, Option } from '@commander-js/extra-typings'
import { RashomonError } from '../errors.js'
import { sessionOf } from './session.js'

export const command = () =>
  new Command('import')
    .description(
      `Appends a data set. Everything is read and checked before the first commit; what the log holds is
passed over, so that an import which was cut short is completed by a second run.

csv    tables, plain or gzip, whose rows a mapping file turns into reports. Ids that the
       mapping does not give are derived from each row's own content: a file twice, or a
       longer edition of it, adds nothing twice.
jsonl  entries that \`export jsonl\` wrote, commit by commit, with their ids and report hashes.`,
    )
    .addArgument(new Argument('<format>', 'what the files hold').choices(['csv', 'jsonl'] as const))
    .addArgument(new Argument('[files...]', '"-" is standard input (jsonl)'))
    .addOption(new Option('--dry-run', 'check everything, say what would happen, append nothing'))
    .addOption(new Option('--map <file>', 'csv: the mapping file'))
    .addOption(
      new Option('--register', 'csv: enter unknown places, actors and sources as bare entries'),
    )
    .addOption(
      new Option('--changes', 'csv: read repeated maps as changes and sweeps, against the log'),
    )
    .addOption(new Option('--skip-bad', 'csv: pass over bad rows, and list them with the reason'))
    .addOption(
      new Option(
        '--lookup <name=file>',
        'csv: the file of a table that the mapping looks up in; once for each',
      ).argParser((one: string, others: readonly string[] | undefined) => [...(others ?? []), one]),
    )
    .addOption(new Option('--commit <number>', 'csv: reports of a commit (default: 2000)'))
    .addOption(
      new Option('--schema', 'csv: print the JSON Schema of mapping files, and do nothing'),
    )
    .addHelpText(
      'after',
      `
Examples:
  rashomon import csv towns.csv.gz --map towns.json --dry-run
  rashomon import csv january.csv february.csv --map control.json --register
  rashomon import csv panel.csv.gz --map panel.json --changes
  rashomon import csv towns.csv --map towns.json --skip-bad --lookup ids=crosswalk.csv
  rashomon import csv --schema > mapping.schema.json
  rashomon import jsonl january.jsonl february.jsonl --dry-run
  rashomon export jsonl --log a.db | rashomon import jsonl - --log b.db

A mapping file, for a table with the columns town, day, held_by and source:
  { "zone": "Europe/Kyiv",
    "reports": [{ "claim": { "kind": "control", "place": "{town}",
                             "holder": { "by": "{held_by}", "map": { "RU": "russia", "UA": "ukraine" } } },
                  "when": { "date": "{day}", "formats": ["D.M.YYYY", "YYYY-MM-DD"] },
                  "attribution": "{source}" }] }

Ctrl-C stops an import after the commit under way, and says how far it came.`,
    )
    .action(async (format, files, options, self) => {
      const session = sessionOf(self)
      const dryRun = options.dryRun === true
      if (format === 'csv') {
        const { importCsvFiles, printSchema } = await import('./import-csv.js')
        if (options.schema === true) return printSchema()
        if (files.length === 0) throw missingFiles()
        return importCsvFiles(session, { ...options, files, dryRun })
      }
      const { importJsonl } = await import('./import-jsonl.js')
      for (const [option, value] of Object.entries(options))
        if (option !== 'dryRun' && value !== undefined)
          throw new RashomonError(
            'usage',
            `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: is no option of jsonl; \`import csv\` takes it`,
          )
      if (files.length === 0) throw missingFiles()
      await importJsonl(session, { files, dryRun })
    })

function missingFiles(): RashomonError {
  return new RashomonError('usage', 'no file is named; at least one would be right')
}
