/**
 * Secrets of all servers in one file, written durably, each sealed by the operating system where it can. No value ever gets into
 * an error or the log.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { type ServerId, serverIdSchema } from '../../shared/contract/messages.ts';
import { type ProblemError, problem } from '../../shared/contract/problem.ts';
import { type SecretName, secretNameSchema } from '../../shared/settings/secrets.ts';
import { createPasswordHasher, isPasswordHash } from '../base/password-hash.ts';
import type { Ports } from '../base/ports.ts';
import { writeFileDurably } from '../base/write-file-durably.ts';
import { diskReason, readIfThere } from './disk-reason.ts';
import type { SecretStore } from './types.ts';

export interface OpenSecretsOptions {
  readonly dataFolder: string;
  readonly ports: Pick<Ports, 'disk' | 'log' | 'secretProtection'>;
}

interface Secret {
  readonly name: SecretName;
  /** Null: sealed on another computer, or by means that are not there now. It stays in the file until it is set anew. */
  readonly value: string | null;
  /** As in the file; absent while it has yet to be written. */
  readonly stored?: StoredSecret;
}

/** By server, then by name in lower case: user names and domains are the same in every spelling. */
type Secrets = ReadonlyMap<ServerId, ReadonlyMap<string, Secret>>;

const formatVersion = 1;
const valueSchema = z.string().min(1).max(10_000);

/** The seal of Windows, in base64; or the text itself, as password hashes always are. */
const storedSecretSchema = z.union([valueSchema, z.strictObject({ dpapi: z.base64().max(100_000) })]);
type StoredSecret = z.infer<typeof storedSecretSchema>;

const versionSchema = z.object({ version: z.int() });
const fileSchema = z.strictObject({
  version: z.literal(formatVersion),
  servers: z.record(serverIdSchema, z.record(secretNameSchema, storedSecretSchema)),
});

/** @throws {ProblemError} 'storage' when the file cannot be read or understood. It is never changed by opening it. */
export async function openSecrets({
  dataFolder,
  ports: { disk, log, secretProtection },
}: OpenSecretsOptions): Promise<SecretStore> {
  const path = join(dataFolder, 'secrets.json');
  const passwords = createPasswordHasher();
  const listeners = new Set<(serverId: ServerId, name: SecretName) => void>();
  let secrets = await load();
  let lastSave: Promise<unknown> = Promise.resolve();

  async function load(): Promise<Secrets> {
    const bytes = await readIfThere(disk, path).catch((error: unknown) => {
      throw problem('storage', `${path} cannot be read: ${diskReason(error)}.`);
    });
    return bytes === null ? new Map() : await opened(decode(path, bytes));
  }

  /** Unreadable is not damaged: mail goes on, and whoever needs the secret says that it is missing. */
  async function opened(found: Secrets): Promise<Secrets> {
    return await eachSecret(found, async (secret, serverId) => {
      const { name, stored } = secret;
      if (typeof stored !== 'object') return secret;
      try {
        if (secretProtection === undefined) throw new Error('this system has no means for it');
        return { ...secret, value: await secretProtection.unprotect(Buffer.from(stored.dpapi, 'base64')) };
      } catch (error) {
        log.warn('secret unreadable', { server: serverId, name, reason: reasonOf(error) });
        return secret;
      }
    });
  }

  /** What was written by an earlier version, or before the system could, is sealed as well. */
  const sealed = (next: Secrets): Promise<Secrets> =>
    eachSecret(next, async (secret) => {
      const { name, value, stored } = secret;
      if (value === null || typeof stored === 'object') return secret;
      if (secretProtection === undefined || isUser(name)) return { ...secret, stored: value };
      try {
        const seal = await secretProtection.protect(value);
        return { ...secret, stored: { dpapi: Buffer.from(seal).toString('base64') } };
      } catch (error) {
        throw problem('storage', `${name} could not be protected, nothing was changed: ${reasonOf(error)}.`);
      }
    });

  const write = async (wanted: Secrets): Promise<void> => {
    const next = await sealed(wanted);
    const bytes = encode(next);
    try {
      await writeFileDurably(disk, path, bytes);
    } catch (error) {
      // A failure after the rename leaves the new file in place; what is in force must be what is in the file.
      const found = await readIfThere(disk, path).catch(() => null);
      const written = found !== null && Buffer.compare(found, bytes) === 0;
      if (written) secrets = next;
      const outcome = written
        ? 'was written, but may be lost if the power fails'
        : 'could not be written, nothing was changed';
      throw problem('storage', `${path} ${outcome}: ${diskReason(error)}.`);
    }
    secrets = next;
  };

  /** One after the other: the second of two changes at the same moment must keep what the first one did. */
  const inTurn = (change: () => Promise<void>): Promise<void> => {
    const changed = lastSave.then(change);
    lastSave = changed.catch(() => undefined);
    return changed;
  };

  const tell = (serverId: ServerId, name: SecretName): void => {
    for (const listener of [...listeners]) {
      try {
        listener(serverId, name);
      } catch (error) {
        // The secret is saved, whatever one of those who watch makes of it.
        log.error('secrets listener failed', error, { server: serverId, name });
      }
    }
  };

  const setNow = async (serverId: ServerId, name: SecretName, value: string | null): Promise<void> => {
    const before = secrets.get(serverId) ?? new Map<string, Secret>();
    const key = name.toLowerCase();
    if (value === null ? !before.has(key) : before.get(key)?.value === value) return;
    const after = new Map(before);
    if (value === null) after.delete(key);
    else after.set(key, { name, value: isUser(name) ? await passwords.hash(value) : value });
    const earlier = secrets;
    try {
      await write(new Map(secrets).set(serverId, after));
    } finally {
      if (secrets !== earlier) tell(serverId, name);
    }
    log.info(value === null ? 'secret removed' : 'secret set', { server: serverId, name });
  };

  return {
    names: (serverId) =>
      [...(secrets.get(serverId)?.values() ?? [])].filter(({ value }) => value !== null).map(({ name }) => name),
    storedNames: (serverId) => [...(secrets.get(serverId)?.values() ?? [])].map(({ name }) => name),
    get: (serverId, name) => secrets.get(serverId)?.get(name.toLowerCase())?.value ?? null,
    async set(serverId, name, value) {
      check(serverId, name, value);
      await inTurn(() => setNow(serverId, name, value));
    },
    removeServer: (serverId) =>
      inTurn(async () => {
        if (!secrets.has(serverId)) return;
        await write(new Map([...secrets].filter(([id]) => id !== serverId)));
        log.info('secrets removed', { server: serverId });
      }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function eachSecret(
  secrets: Secrets,
  change: (secret: Secret, serverId: ServerId) => Promise<Secret>,
): Promise<Secrets> {
  const result = new Map<ServerId, ReadonlyMap<string, Secret>>();
  for (const [serverId, ofServer] of secrets) {
    const changed = new Map<string, Secret>();
    for (const [key, secret] of ofServer) changed.set(key, await change(secret, serverId));
    result.set(serverId, changed);
  }
  return result;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isUser = (name: SecretName): boolean => name.startsWith('user:');

/** What the next start could not read must not get into the file. */
function check(serverId: ServerId, name: SecretName, value: string | null): void {
  if (!serverIdSchema.safeParse(serverId).success || !secretNameSchema.safeParse(name).success) {
    throw problem('badArgument', 'There is no secret of this name.', { field: 'name' });
  }
  if (value !== null && !valueSchema.safeParse(value).success) {
    throw problem('badArgument', 'A secret has 1 to 10,000 characters; remove it if there is to be none.', {
      field: 'value',
    });
  }
}

function encode(secrets: Secrets): Buffer {
  const servers = Object.fromEntries(
    [...secrets]
      .filter(([, ofServer]) => ofServer.size > 0)
      .map(([id, ofServer]) => [
        id,
        Object.fromEntries([...ofServer.values()].map(({ name, stored }) => [name, stored])),
      ]),
  );
  return Buffer.from(`${JSON.stringify({ version: formatVersion, servers }, null, 2)}\n`, 'utf8');
}

/** @throws {ProblemError} 'storage' that names the file and nothing of its content. */
function decode(path: string, bytes: Uint8Array): Secrets {
  const content = parseJson(path, bytes);
  const version = versionSchema.safeParse(content);
  if (version.success && version.data.version > formatVersion) {
    throw problem(
      'storage',
      `${path} was written by a newer version of SMTP Relay Manager (format ${version.data.version}, this version reads format ${formatVersion}). Install the newer version.`,
    );
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) throw damaged(path, 'it is not a file of secrets');
  return new Map(
    Object.entries(parsed.data.servers).map(([id, ofServer]) => [id, new Map(Object.entries(ofServer).map(entryOf))]),
  );

  function entryOf([name, stored]: [string, StoredSecret]): [string, Secret] {
    const value = typeof stored === 'string' ? stored : null;
    if (isUser(name) && (value === null || !isPasswordHash(value))) {
      throw damaged(path, 'the password of a user is not a known hash');
    }
    return [name.toLowerCase(), { name, value, stored }];
  }
}

function parseJson(path: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The words of the parser quote the file.
    throw damaged(path, 'it is not JSON text in UTF-8');
  }
}

const damaged = (path: string, reason: string): ProblemError =>
  problem(
    'storage',
    `${path} is damaged: ${reason}. Put back a copy from a backup, or move the file away and set passwords and passphrases again.`,
  );
