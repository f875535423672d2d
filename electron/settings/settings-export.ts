/** One server's settings as text, to be put in force on another server or another computer. Never a secret. Pure. */
import * as z from 'zod';
import { type ProblemError, problem } from '../../shared/contract/problem.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import { jsonReason, shapeReason } from './json-reason.ts';
import { checkChanges, completeValues } from './settings-changes.ts';
import { withoutDefaults } from './settings-file.ts';

const format = 'smtp-relay-settings';
const formatVersion = 1;

const headSchema = z.object({ format: z.literal(format), version: z.int() });
const exportSchema = z.strictObject({
  format: z.literal(format),
  version: z.literal(formatVersion),
  settings: z.record(z.string(), z.unknown()),
});

export function encodeExport(values: Partial<ServerSettings>): string {
  return `${JSON.stringify({ format, version: formatVersion, settings: withoutDefaults(values) }, null, 2)}\n`;
}

/** @throws {ProblemError} 'badArgument' when the text is no export, 'unknownSetting', 'invalidSetting' */
export function decodeExport(text: string): Partial<ServerSettings> {
  const content = parseJson(text);
  const head = headSchema.safeParse(content);
  if (!head.success) throw noExport(`its format is not "${format}".`);
  if (head.data.version > formatVersion) {
    throw noExport(
      `it is of a newer version of SMTP Relay Manager (format ${head.data.version}, this version reads format ${formatVersion}).`,
    );
  }
  const parsed = exportSchema.safeParse(content);
  if (!parsed.success) throw noExport(shapeReason(parsed.error.issues[0], 'its shape is another one.'));
  return checkChanges(parsed.data.settings);
}

/** What an import leaves an existing server: whether it runs, where it listens, and where its mail lies. */
const keptKeys = ['general.state', 'general.listen', 'general.listenTls', 'general.mailroot'] as const;

/** @param before  Null: a new server; it begins stopped, so that somebody looks at it first. */
export function importedValues(
  before: Partial<ServerSettings> | null,
  imported: Partial<ServerSettings>,
): Partial<ServerSettings> {
  if (before === null) return { ...imported, 'general.state': 'stopped' };
  const values = completeValues(before);
  const kept = keptKeys.map((key) => [key, values[key]]);
  return { ...imported, ...Object.fromEntries(kept) };
}

function parseJson(text: string): unknown {
  try {
    // An editor may have put a byte order mark in front.
    return JSON.parse(text.replace(/^\u{FEFF}/u, ''));
  } catch (error) {
    throw noExport(jsonReason(error));
  }
}

const noExport = (reason: string): ProblemError =>
  problem('badArgument', `The text is no export of settings: ${reason} Nothing was changed.`);
