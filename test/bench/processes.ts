/** What Linux says of a process and its descendants, and waiting for one that was started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Of /proc/<pid>/stat: Linux counts in hundredths of a second for user space, whatever the kernel does. */
const ticksPerSecond = 100;
const pollMs = 5;
const startLimitMs = 60_000;
const shownOctets = 500;

interface Fact {
  readonly id: number;
  readonly parentId: number;
  /** Own time, and that of children that have ended. */
  readonly cpuSeconds: number;
}

async function factOf(id: number): Promise<Fact | null> {
  const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  // The name of the program, in parentheses, may hold anything.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const ticks = fields.slice(11, 15).reduce((sum, part) => sum + part, 0);
  return { id, parentId: fields[1] ?? 0, cpuSeconds: ticks / ticksPerSecond };
}

async function treeOf(rootId: number): Promise<readonly Fact[]> {
  const ids = (await readdir('/proc')).map(Number).filter((id) => id > 0);
  const facts = (await Promise.all(ids.map(factOf))).filter((fact) => fact !== null);
  const wanted = new Set([rootId]);
  for (let before = 0; before < wanted.size; ) {
    before = wanted.size;
    for (const { id, parentId } of facts) if (wanted.has(parentId)) wanted.add(id);
  }
  return facts.filter(({ id }) => wanted.has(id));
}

export async function cpuSecondsOf(rootId: number): Promise<number> {
  return (await treeOf(rootId)).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
}

/** Proportional: a page that several processes share counts once. */
export async function residentMebibytesOf(rootId: number): Promise<number> {
  const sizes = (await treeOf(rootId)).map(async ({ id }) => {
    const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    return Number(/^Pss: +(\d+) kB/m.exec(text)?.[1] ?? 0);
  });
  return (await Promise.all(sizes)).reduce((sum, kibibytes) => sum + kibibytes, 0) / 1_024;
}

/** Monotonic, the same clock as that of the load client and the sink. */
export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;

export function spawnLogged(command: readonly string[], logFile: string): ChildProcess {
  const [program = '', ...parameters] = command;
  const log = openSync(logFile, 'a');
  const child = spawn(program, parameters, { stdio: ['ignore', log, log] });
  closeSync(log);
  return child;
}

/** @throws {Error} with the end of the log, when the process ends or nobody greets within the limit. */
export async function untilGreeted(child: ChildProcess, port: number, logFile: string): Promise<void> {
  const endMs = nowMs() + startLimitMs;
  while (nowMs() < endMs) {
    if (child.exitCode !== null) {
      throw new Error(`It ended instead of listening: ${readFileSync(logFile, 'utf8').slice(-shownOctets)}`);
    }
    if (await greets(port)) return;
    await pause(pollMs);
  }
  throw new Error(`Nobody greets on port ${port} after ${startLimitMs / 1_000} s.`);
}

async function greets(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'data');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** SIGTERM, and SIGKILL when that is not enough. */
export async function end(child: ChildProcess, limitMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const cut = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await gone;
  clearTimeout(cut);
}
