/** The commands by name. What one does in full is loaded when it is asked for. */
import type { CommandUnknownOpts } from '@commander-js/extra-typings'

export interface Entry {
  readonly name: string
  readonly arguments: string
  readonly summary: string
  readonly load: () => Promise<{ readonly command: () => CommandUnknownOpts }>
}

export const COMMANDS: readonly Entry[] = [
  {
    name: 'demo',
    arguments: '',
    summary: 'walk through one day, told by four',
    load: () => import('./demo.js'),
  },
  {
    name: 'init',
    arguments: '',
    summary: 'make an empty log',
    load: () => import('./init.js'),
  },
  {
    name: 'record',
    arguments: '[file]',
    summary: 'append reports, all or none, from JSON or JSON lines',
    load: () => import('./record.js'),
  },
  {
    name: 'at',
    arguments: '[instant] [places...]',
    summary: 'show the state of places at an instant, as each account tells it',
    load: () => import('./at.js'),
  },
  {
    name: 'history',
    arguments: '<place>',
    summary: 'show every stretch of a place, per account and resolved',
    load: () => import('./history.js'),
  },
  {
    name: 'beliefs',
    arguments: '<place>',
    summary: 'show how the answer for one instant moved as reports came in',
    load: () => import('./beliefs.js'),
  },
  {
    name: 'explain',
    arguments: '<place>',
    summary: 'say why a place reads as it does, with reports and sources',
    load: () => import('./explain.js'),
  },
  {
    name: 'diff',
    arguments: '<a> [b]',
    summary: 'show what differs between two readings, and because of which reports',
    load: () => import('./diff.js'),
  },
  {
    name: 'disputes',
    arguments: '[places...]',
    summary: 'show who disagrees with whom, where, on what, since when, and why',
    load: () => import('./disputes.js'),
  },
  {
    name: 'compare',
    arguments: '<account> <account> [places...]',
    summary: 'count how much two accounts differ over places and days, split by cause',
    load: () => import('./compare.js'),
  },
  {
    name: 'reports',
    arguments: '',
    summary: 'list the entries of the log',
    load: () => import('./reports.js'),
  },
  {
    name: 'places',
    arguments: '[query...]',
    summary: 'list places, or find one by id, name or near spelling',
    load: () => import('./places.js'),
  },
  {
    name: 'actors',
    arguments: '[query...]',
    summary: 'list actors, or find one',
    load: () => import('./actors.js'),
  },
  {
    name: 'sources',
    arguments: '[query...]',
    summary: 'list sources, or find one',
    load: () => import('./sources.js'),
  },
  {
    name: 'export',
    arguments: '<format>',
    summary: 'write the log out, or a reading of it: jsonl, csv, panel, geojson',
    load: () => import('./export.js'),
  },
  {
    name: 'import',
    arguments: '<format> [files...]',
    summary: 'append a data set: tables by a mapping (csv), or what another log wrote out (jsonl)',
    load: () => import('./import.js'),
  },
  {
    name: 'doctor',
    arguments: '',
    summary: 'examine the log and how it is kept',
    load: () => import('./doctor.js'),
  },
  {
    name: 'stats',
    arguments: '',
    summary: 'count what the log holds',
    load: () => import('./stats.js'),
  },
  {
    name: 'snapshot',
    arguments: '',
    summary: 'save what was folded of the log, so that it opens at once',
    load: () => import('./snapshot.js'),
  },
  {
    name: 'rebuild',
    arguments: '',
    summary: 'forget the snapshot and fold the log again',
    load: () => import('./rebuild.js'),
  },
]
