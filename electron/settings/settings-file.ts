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
import { jsonReason, shapeReason } from './json-reason.ts';

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

export function withoutDefaults(settings: Partial<ServerSettings>): Partial<ServerSettings> {
  const chosen = settingKeys.filter(
    (key) => settings[key] !== undefined && !sameValue(settings[key], defaultServerSettings[key]),
  );
  return Object.fromEntries(chosen.map((key) => [key, settings[key]]));
}

export const sameValue = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** @throws {ProblemError} 'storage' with the file, the place in it and what would be right. */
export function decodeSettingsFile(path: string, bytes: Uint8Array): SettingsFile {
  const reading = readSettingsFile(bytes);
  if (reading.ok) return reading.file;
  throw fileProblem(path, reading);
}

export type SettingsFileReading =
  | { readonly ok: true; readonly file: SettingsFile }
  | {
      readonly ok: false;
      /** A sentence without the name of the file. */
      readonly reason: string;
      readonly key?: string;
      /** Newer than this version of the program. */
      readonly isNewer?: true;
    };

export function readSettingsFile(bytes: Uint8Array): SettingsFileReading {
  const content = parseJson(bytes);
  if (!content.ok) return content;
  const version = versionSchema.safeParse(content.value);
  if (version.success && version.data.version > formatVersion) {
    const reason = `was written by a newer version of SMTP Relay Manager (format ${version.data.version}, this version reads format ${formatVersion}).`;
    return { ok: false, isNewer: true, reason };
  }
  const parsed = fileSchema.safeParse(content.value);
  if (!parsed.success) return { ok: false, reason: shapeReason(parsed.error.issues[0], 'not a settings file.') };
  const servers = new Map<ServerId, Partial<ServerSettings>>();
  for (const { id, settings } of parsed.data.servers) {
    if (servers.has(id)) return { ok: false, reason: `virtual server ${id} is listed twice.` };
    const checked = checkServer(id, settings);
    if (!checked.ok) return checked;
    servers.set(id, checked.values);
  }
  return { ok: true, file: { revision: parsed.data.revision, servers } };
}

type ServerReading =
  | { readonly ok: true; readonly values: Partial<ServerSettings> }
  | { readonly ok: false; readonly reason: string; readonly key: string };

function checkServer(id: ServerId, settings: Readonly<Record<string, unknown>>): ServerReading {
  const values: [string, unknown][] = [];
  for (const [key, value] of Object.entries(settings)) {
    if (!isSettingKey(key)) {
      return { ok: false, key, reason: `unknown setting ${quoted(key)} of server ${id}.${didYouMean(key)}` };
    }
    const check = testSetting(key, value);
    if (!check.ok) return { ok: false, key, reason: `setting '${key}' of server ${id}: ${check.reason}` };
    values.push([key, check.value]);
  }
  return { ok: true, values: Object.fromEntries(values) };
}

type JsonReading = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

function parseJson(bytes: Uint8Array): JsonReading {
  try {
    // Notepad may put a byte order mark in front; the decoder takes it away.
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch (error) {
    return { ok: false, reason: jsonReason(error) };
  }
}

function fileProblem(path: string, { reason, key, isNewer }: SettingsFileReading & { ok: false }): ProblemError {
  if (isNewer === true) {
    return problem(
      'storage',
      `${path} ${reason} Install the newer version, or put back an older file from the history folder beside it.`,
    );
  }
  return problem(
    'storage',
    `${path}: ${reason} Correct the file, or put back an older one from the history folder beside it.`,
    key === undefined ? {} : { field: key.slice(0, 200) },
  );
}
