/** The settings file as bytes and as values. Pure; every complaint names the file and the key. */
import * as z from 'zod';
import { type ServerId, serverIdSchema } from '../../shared/contract/messages.ts';
import { type ProblemError, problem } from '../../shared/contract/problem.ts';
import { quoted, testSetting } from '../../shared/settings/check-setting.ts';
import { didYouMean } from '../../shared/settings/nearest-setting.ts';
import {
  defaultServerSettings,
  isSettingKey,
  type ServerSettings,
  settingKeys,
} from '../../shared/settings/server-settings.ts';

export interface SettingsFile {
  readonly revision: number;
  readonly servers: ReadonlyMap<ServerId, Partial<ServerSettings>>;
}

/** What is in force before anything was saved. */
export const emptySettingsFile: SettingsFile = { revision: 0, servers: new Map([['1', {}]]) };

const formatVersion = 1;

const versionSchema = z.object({ version: z.int() });
const fileSchema = z.strictObject({
  version: z.literal(formatVersion),
  revision: z.int().nonnegative(),
  servers: z
    .array(z.strictObject({ id: serverIdSchema, settings: z.record(z.string(), z.unknown()) }))
    .min(1, { error: 'There must be at least one virtual server.' }),
});

/** Only what differs from the default: a better default of a newer version reaches everybody who never chose. */
export function encodeSettingsFile({ revision, servers }: SettingsFile): Buffer {
  const content = {
    version: formatVersion,
    revision,
    servers: [...servers].map(([id, settings]) => ({ id, settings: withoutDefaults(settings) })),
  };
  return Buffer.from(`${JSON.stringify(content, null, 2)}\n`, 'utf8');
}

function withoutDefaults(settings: Partial<ServerSettings>): Partial<ServerSettings> {
  const chosen = settingKeys.filter(
    (key) => settings[key] !== undefined && !sameValue(settings[key], defaultServerSettings[key]),
  );
  return Object.fromEntries(chosen.map((key) => [key, settings[key]]));
}

export const sameValue = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** @throws {ProblemError} 'storage' with the file, the place in it and what would be right. */
export function decodeSettingsFile(path: string, bytes: Uint8Array): SettingsFile {
  const content = parseJson(path, bytes);
  const version = versionSchema.safeParse(content);
  if (version.success && version.data.version > formatVersion) {
    throw problem(
      'storage',
      `${path} was written by a newer version of SMTP Relay Manager (format ${version.data.version}, this version reads format ${formatVersion}). ` +
        'Install the newer version, or put back an older file from the history folder beside it.',
    );
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) throw fileProblem(path, shapeReason(parsed.error.issues[0]));
  const servers = new Map<ServerId, Partial<ServerSettings>>();
  for (const { id, settings } of parsed.data.servers) {
    if (servers.has(id)) throw fileProblem(path, `virtual server ${id} is listed twice.`);
    servers.set(id, checkServer(path, id, settings));
  }
  return { revision: parsed.data.revision, servers };
}

function checkServer(path: string, id: ServerId, settings: Readonly<Record<string, unknown>>): Partial<ServerSettings> {
  const checked = Object.entries(settings).map(([key, value]) => {
    if (!isSettingKey(key)) {
      throw fileProblem(path, `unknown setting ${quoted(key)} of server ${id}.${didYouMean(key)}`, key);
    }
    const check = testSetting(key, value);
    if (!check.ok) throw fileProblem(path, `setting '${key}' of server ${id}: ${check.reason}`, key);
    return [key, check.value] as const;
  });
  return Object.fromEntries(checked);
}

function parseJson(path: string, bytes: Uint8Array): unknown {
  try {
    // Notepad may put a byte order mark in front; the decoder takes it away.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw fileProblem(path, error instanceof SyntaxError ? `not valid JSON: ${error.message}.` : 'not UTF-8 text.');
  }
}

function shapeReason(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'not a settings file.';
  const place = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const where = place === '' ? '' : `${place.slice(1)}: `;
  if (issue.code === 'unrecognized_keys') return `${where}unknown entry ${quoted(issue.keys[0])}.`;
  return `${where}${issue.message.replace(/\.?$/, '.')}`;
}

const fileProblem = (path: string, reason: string, field?: string): ProblemError =>
  problem(
    'storage',
    `${path}: ${reason} Correct the file, or put back an older one from the history folder beside it.`,
    field === undefined ? {} : { field: field.slice(0, 200) },
  );
