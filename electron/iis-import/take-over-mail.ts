/**
 * Moves mail files of SMTPSVC into our Pickup folder, each exactly once, whenever the process dies or the power goes.
 *
 *   1  <pickup>/iis-<attempt>-<name>.eml.tmp   copied there; nobody looks at a .tmp            flushed
 *   2  <folder>.taken-over/<attempt> <name>    the original, renamed: from now on it is ours   flushed
 *   3  <pickup>/iis-<attempt>-<name>.eml       renamed from .tmp: now it is sent               flushed
 *
 * An attempt that did not reach 2 is forgotten: its copy is never sent, the original is still where it was. One that reached 2
 * is brought to its end by the next call. Two callers at a time do each other no harm: only one of them can do 2 for a file,
 * and only one 3.
 */
import { basename, dirname, join } from 'node:path';
import type { Disk } from '../base/disk.ts';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';
import { fileProblem, reasonOf } from './folder-problem.ts';
import { judgeFile, type MailFolder, mailFileNames } from './waiting-mail.ts';

export interface TakeOverOptions {
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'random'>;
  readonly folders: readonly MailFolder[];
  readonly pickupFolder: string;
  /** Files at the most. */
  readonly limit: number;
}

export interface TakeOverResult {
  readonly taken: number;
  /** Not looked at because of the limit. */
  readonly remaining: number;
  readonly left: { name: string; reason: string }[];
  /** Where originals were put. */
  readonly keptIn: string[];
}

/** A program may still be writing to what changed so lately. */
const unchangedForMs = 2_000;
const copyName = /^iis-([0-9a-z]+-[0-9]+)-.*\.eml\.tmp$/;
const keptName = /^([0-9a-z]+-[0-9]+) /;

/** @throws {ProblemError} 'storage' when our Pickup folder cannot be written; what was taken by then stays taken. */
export async function takeOverMail({ ports, folders, pickupFolder, limit }: TakeOverOptions): Promise<TakeOverResult> {
  const { disk } = ports;
  const left: { name: string; reason: string }[] = [];
  const keptIn = new Set<string>();
  try {
    await disk.ensureFolder(pickupFolder);
    let taken = await finishEarlierAttempts(disk, folders, pickupFolder);
    let remaining = 0;
    const run = `${ports.clock.now().toString(36)}${Math.floor(ports.random() * 36 ** 8).toString(36)}`;
    let attempts = 0;
    for (const folder of folders) {
      for (const name of await mailFileNames(disk, folder)) {
        if (taken >= limit) {
          remaining += 1;
          continue;
        }
        attempts += 1;
        const outcome = await takeOne(ports, folder, pickupFolder, { name, id: `${run}-${attempts}` });
        if (outcome === 'taken') {
          taken += 1;
          keptIn.add(keptFolderOf(folder.path));
        } else if (outcome !== 'gone') left.push({ name: join(folder.path, name), reason: outcome.reason });
      }
    }
    return { taken, remaining, left, keptIn: [...keptIn] };
  } catch (error) {
    throw fileProblem(pickupFolder, 'take the mail', error);
  }
}

/** Beside the folder, not in it: SMTPSVC does not look there. */
export const keptFolderOf = (folder: string): string => join(dirname(folder), `${basename(folder)}.taken-over`);

interface Attempt {
  readonly name: string;
  readonly id: string;
}

async function takeOne(
  { disk, clock }: Pick<Ports, 'clock' | 'disk'>,
  folder: MailFolder,
  pickupFolder: string,
  { name, id }: Attempt,
): Promise<'taken' | 'gone' | { readonly reason: string }> {
  const verdict = await judgeFile(disk, folder, name);
  if (verdict.kind === 'gone') return 'gone';
  if (verdict.kind === 'unusable') return { reason: verdict.reason };
  const original = join(folder.path, name);
  if (clock.now() - verdict.modifiedAtMs < unchangedForMs) return { reason: stillWritten };
  // A name as long as a name can be has no room for more.
  const target = join(pickupFolder, `iis-${id}-${name.replace(/\.eml$/i, '').slice(0, 150)}.eml`);
  const copy = `${target}.tmp`;
  const copied = await copyFile(disk, original, copy, verdict.prefix);
  if ('reason' in copied) return copied;
  await disk.syncFolder(pickupFolder);
  const kept = join(keptFolderOf(folder.path), `${id} ${name}`);
  const refusal = await putAside(disk, original, kept);
  if (refusal !== null) {
    await disk.remove(copy);
    return refusal;
  }
  if ((await disk.sizeBytes(kept)) !== copied.sizeBytes) {
    // In this order: a copy that is not whole must never be found beside its original.
    await disk.remove(copy);
    await disk.syncFolder(pickupFolder);
    await disk.rename(kept, original);
    await disk.syncFolder(folder.path);
    return { reason: stillWritten };
  }
  await publish(disk, pickupFolder, target);
  return 'taken';
}

const stillWritten = 'It is being written at the moment.';

/** @returns why the original cannot be read. @throws when the copy cannot be written. */
async function copyFile(
  disk: Disk,
  from: string,
  to: string,
  prefix: string,
): Promise<{ readonly sizeBytes: number } | { readonly reason: string }> {
  const writer = await disk.createFile(to);
  let sizeBytes = 0;
  let reading = false;
  try {
    if (prefix !== '') await writer.write(Buffer.from(prefix));
    reading = true;
    for await (const chunk of disk.readStream(from) as AsyncIterable<Buffer>) {
      reading = false;
      await writer.write(chunk);
      sizeBytes += chunk.byteLength;
      reading = true;
    }
    reading = false;
    await writer.sync();
    await writer.close();
    return { sizeBytes };
  } catch (error) {
    await writer.close().catch(() => undefined);
    await disk.remove(to).catch(() => undefined);
    if (reading) return { reason: reasonOf(error) };
    throw error;
  }
}

/** The moment that counts. @returns why the original stays. */
async function putAside(disk: Disk, original: string, kept: string): Promise<{ readonly reason: string } | null> {
  try {
    await disk.ensureFolder(dirname(kept));
    await disk.rename(original, kept);
  } catch (error) {
    // A read-only file is renamed on Windows, and then cannot be flushed: what counts is where it is.
    if (!(await isThere(disk, kept))) return { reason: reasonOf(error) };
  }
  await disk.syncFolder(dirname(kept));
  await disk.syncFolder(dirname(original));
  return null;
}

async function publish(disk: Disk, pickupFolder: string, target: string): Promise<void> {
  try {
    await disk.rename(`${target}.tmp`, target);
  } catch (error) {
    // Another caller found the attempt half done and finished it.
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  await disk.syncFolder(pickupFolder);
}

async function finishEarlierAttempts(
  disk: Disk,
  folders: readonly MailFolder[],
  pickupFolder: string,
): Promise<number> {
  const copies = (await disk.list(pickupFolder)).flatMap(({ name }) => {
    const id = copyName.exec(name)?.[1];
    return id === undefined ? [] : [{ id, path: join(pickupFolder, name) }];
  });
  if (copies.length === 0) return 0;
  const kept = new Set<string>();
  for (const { path } of folders) for (const id of await keptIds(disk, keptFolderOf(path))) kept.add(id);
  const owed = copies.filter(({ id }) => kept.has(id));
  for (const { path } of owed) await publish(disk, pickupFolder, path.slice(0, -'.tmp'.length));
  return owed.length;
}

async function keptIds(disk: Disk, folder: string): Promise<readonly string[]> {
  try {
    return (await disk.list(folder)).flatMap(({ name }) => keptName.exec(name)?.[1] ?? []);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function isThere(disk: Disk, path: string): Promise<boolean> {
  try {
    await disk.sizeBytes(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
