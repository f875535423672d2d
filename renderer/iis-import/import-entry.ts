/** What the wizard asks, and whether the answers can be used. Pure. */
import type * as z from 'zod';
import type { iisImportCalls, MappingRow } from '../../shared/contract/computer/iis-import-calls.ts';
import { parseEndpoint } from '../../shared/settings/address.ts';
import { testSetting } from '../../shared/settings/check-setting.ts';

export type FoundServers = z.output<(typeof iisImportCalls)['iisImport.read']['answer']>;
export type ImportPreview = z.output<(typeof iisImportCalls)['iisImport.preview']['answer']>;
export type ImportedServer = z.output<(typeof iisImportCalls)['iisImport.import']['answer']>;

export interface ImportEntry {
  /** Empty: that of this computer. */
  readonly path: string;
  readonly number: number | null;
  readonly name: string;
  /** One endpoint per line. */
  readonly listenText: string;
  readonly start: boolean;
  readonly takeMail: boolean;
}

export const emptyEntry: ImportEntry = {
  path: '',
  number: null,
  name: '',
  listenText: '',
  start: false,
  takeMail: false,
};

export const importPages = ['file', 'server', 'mapping', 'listen', 'mail', 'confirm'] as const;
export type ImportPage = (typeof importPages)[number];

export const endpointsIn = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

export type EntryProblem =
  | { readonly code: 'nameProblem' | 'noEndpoint' }
  | { readonly code: 'endpointProblem'; readonly text: string };

/** Why the page with name and addresses cannot be left. */
export function listenProblem({ name, listenText }: ImportEntry): EntryProblem | null {
  if (!testSetting('general.name', name).ok) return { code: 'nameProblem' };
  const endpoints = endpointsIn(listenText);
  if (endpoints.length === 0) return { code: 'noEndpoint' };
  const wrong = endpoints.find((text) => parseEndpoint(text) === null);
  return wrong === undefined ? null : { code: 'endpointProblem', text: wrong };
}

/** Mail that can be fetched now. */
export const readyMail = ({ mail }: Pick<ImportPreview, 'mail'>): number => mail.queue.ready + mail.pickup.ready;

/** What was ticked counts only while there is mail and SMTPSVC leaves it alone. */
export const takesMail = ({ takeMail }: ImportEntry, preview: Pick<ImportPreview, 'mail' | 'service'>): boolean =>
  takeMail && preview.service !== 'running' && readyMail(preview) > 0;

export const rowFilters = ['all', 'changed', 'noEquivalent'] as const;
export type RowFilter = (typeof rowFilters)[number];

export const filterRows = (rows: readonly MappingRow[], filter: RowFilter): readonly MappingRow[] =>
  filter === 'all' ? rows : rows.filter(({ remark }) => remark === filter);

export const countRows = (rows: readonly MappingRow[], remark: MappingRow['remark']): number =>
  rows.filter((row) => row.remark === remark).length;
