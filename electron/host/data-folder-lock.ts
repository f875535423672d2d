/**
 * One owner of a data folder at a time.
 *
 * The owner is named in `<data>/lock`. A file can't be examined and replaced in one step, so two starters could both take
 * over the lock of a dead process, the second one removing the fresh lock of the first. Therefore `lock` is touched only
 * under a claim: each starter first creates a file of its own (`lock.claim-…`) and then looks for others. Of two
 * starters at least the later one sees the other and steps back, so at most one is ever past that point. The name of a
 * claim tells its process, so the claims of a crash are recognised and swept.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { Disk } from '../base/disk.ts';
import { accessDeniedReason, errorCode } from '../base/error-code.ts';
import type { Clock, Ports } from '../base/ports.ts';
import { claimPrefix, formatClaim, parseClaim } from './lock-claim.ts';
import { type Presence, type ProcessIdentity, processIdentitySchema } from './process-identity.ts';

export interface DataFolderLock {
  /** Never throws: the next start recognises a lock that was left behind. */
  release(): Promise<void>;
}

export interface LockOptions {
  readonly dataFolder: string;
  /** For the person who is refused: 'service', 'desktop', 'console', 'command line'. */
  readonly program: string;
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'random'>;
  readonly self: ProcessIdentity;
  readonly presenceOf: (identity: ProcessIdentity) => Presence;
  /** Asked only when the process table leaves it open: is there a relay behind the pipe of this folder? */
  readonly answers: () => Promise<boolean>;
}

const ownerSchema = processIdentitySchema.extend({
  program: z.string().max(100),
  startedAtMs: z.int(),
  token: z.string().max(100),
});
type Owner = z.infer<typeof ownerSchema>;

const lockName = 'lock';
/** Others hold a claim for some milliseconds; a crowd of starters sorts itself out in far less. */
const maxTries = 100;
const longestPauseMs = 50;
/** Where a process id is no proof, a claim older than this was left by a crash. */
const claimLifeMs = 30_000;

/** @throws {ProblemError} 'storage': the process that has the folder, or why the lock cannot be written. */
export async function lockDataFolder(options: LockOptions): Promise<DataFolderLock> {
  try {
    return await underClaim(options, () => takeLock(options));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw problem(
      'storage',
      `The lock of the data folder ${options.dataFolder} cannot be written: ${reason}. Check the rights of the folder and the free space.`,
      { parameters: accessDeniedReason(error) },
    );
  }
}

async function underClaim<Answer>(options: LockOptions, action: () => Promise<Answer>): Promise<Answer> {
  const { dataFolder, ports, self } = options;
  for (let tries = 0; tries < maxTries; tries += 1) {
    const claimName = formatClaim({ ...self, claimedAtMs: ports.clock.now() }, randomBytes(8).toString('hex'));
    const claim = join(dataFolder, claimName);
    await writeNewFile(ports.disk, claim, '');
    try {
      if (!(await othersClaim(options, claimName))) return await action();
    } finally {
      await ports.disk.remove(claim);
    }
    await pause(ports.clock, ports.random() * longestPauseMs);
  }
  throw problem('storage', `Another program is starting on the data folder ${dataFolder}. Try again in a moment.`);
}

/** True while another starter is at work. Sweeps the claims of processes that are gone. */
async function othersClaim({ dataFolder, ports, presenceOf }: LockOptions, ownName: string): Promise<boolean> {
  let found = false;
  for (const { name } of await ports.disk.list(dataFolder)) {
    if (!name.startsWith(claimPrefix) || name === ownName) continue;
    const claim = parseClaim(name);
    const presence = claim === null ? 'gone' : presenceOf(claim);
    const old = claim === null || Math.abs(ports.clock.now() - claim.claimedAtMs) > claimLifeMs;
    if (presence === 'gone' || (presence === 'unsure' && old)) await ports.disk.remove(join(dataFolder, name));
    else found = true;
  }
  return found;
}

/** Runs under the only claim: nobody else changes `lock` but an owner that removes its own. */
async function takeLock(options: LockOptions): Promise<DataFolderLock> {
  const { dataFolder, ports, self, program } = options;
  const path = join(dataFolder, lockName);
  const owner = await readOwner(ports.disk, path);
  if (typeof owner === 'object' && (await isRunning(owner, options))) throw inUse(dataFolder, owner);
  if (owner !== 'absent') await ports.disk.remove(path);
  const token = randomBytes(16).toString('hex');
  const own: Owner = { ...self, program, startedAtMs: ports.clock.now(), token };
  await writeNewFile(ports.disk, path, `${JSON.stringify(own)}\n`);
  return {
    async release() {
      const current = await readOwner(ports.disk, path).catch(() => 'unreadable' as const);
      if (typeof current === 'object' && current.token === token) await ports.disk.remove(path).catch(() => {});
    },
  };
}

async function isRunning(owner: Owner, { presenceOf, answers }: LockOptions): Promise<boolean> {
  const presence = presenceOf(owner);
  return presence === 'unsure' ? await answers() : presence === 'running';
}

const inUse = (dataFolder: string, { pid, program }: Owner): ProblemError =>
  problem(
    'storage',
    `The data folder ${dataFolder} is already in use by process ${pid} (${program}). Use that relay, for example with "smtp-relay --data ${dataFolder} status", or stop it first.`,
    { parameters: { dataFolder, pid, program } },
  );

async function writeNewFile(disk: Disk, path: string, text: string): Promise<void> {
  const file = await disk.createFile(path);
  try {
    await file.write(Buffer.from(text));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** 'unreadable' when a crash cut it short: it is written under a claim, so nobody is writing it now. */
async function readOwner(disk: Disk, path: string): Promise<Owner | 'absent' | 'unreadable'> {
  let text: string;
  try {
    text = (await disk.readFile(path)).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'absent';
    throw error;
  }
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}

const pause = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise((resolve) => void clock.after(delayMs, resolve));
