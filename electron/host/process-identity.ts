/** Which process is meant by a process id in a file: ids are used again, after a restart of the computer above all. */
import { readFileSync } from 'node:fs';
import { kill } from 'node:process';
import * as z from 'zod';
import { errorCode } from '../base/error-code.ts';

export const processIdentitySchema = z.object({
  pid: z.int().positive(),
  /** Of the running system; null where the platform does not tell. */
  bootId: z.string().max(100).nullable(),
  /** When the process started, in the kernel's ticks since boot; null where the platform does not tell. */
  startTicks: z.string().max(30).nullable(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** What the operating system says now. */
export interface ProcessTable {
  readonly bootId: string | null;
  exists(pid: number): boolean;
  startTicks(pid: number): string | null;
}

/** 'unsure': some process has this id, but nothing tells whether it is the one that is meant. */
export type Presence = 'running' | 'gone' | 'unsure';

export function presenceOf(identity: ProcessIdentity, table: ProcessTable): Presence {
  if (identity.bootId !== null && table.bootId !== null && identity.bootId !== table.bootId) return 'gone';
  if (!table.exists(identity.pid)) return 'gone';
  if (identity.startTicks === null) return 'unsure';
  return table.startTicks(identity.pid) === identity.startTicks ? 'running' : 'gone';
}

export const identityOf = (pid: number, table: ProcessTable): ProcessIdentity => ({
  pid,
  bootId: table.bootId,
  startTicks: table.startTicks(pid),
});

/** The table of this computer; exact on Linux (`/proc`), process ids alone elsewhere. */
export const systemProcessTable = (): ProcessTable => ({
  bootId: readText('/proc/sys/kernel/random/boot_id'),
  exists,
  startTicks: (pid) => startTicksIn(readText(`/proc/${pid}/stat`)),
});

function exists(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM'; // it is there, and belongs to somebody else
  }
}

/** proc(5): field 22 of the line, counted after the program's name, which may hold blanks and brackets; 3 is the state. */
export function startTicksIn(statLine: string | null): string | null {
  if (statLine === null) return null;
  const fields = statLine.slice(statLine.lastIndexOf(')') + 2).split(' ');
  const dead = fields[0] === 'Z' || fields[0] === 'X'; // ended, and only its parent has not taken note yet
  return dead ? null : (fields[19] ?? null);
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}
