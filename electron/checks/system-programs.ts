/** The programs of the operating system that the checks ask. They only ever read. */
import { win32 } from 'node:path';
import type { Command } from '../base/command-runner.ts';

/** Somebody waits, and the checks run side by side. */
const limitMs = 20_000;

const system32 = (systemRoot: string | null, name: string, args: readonly string[]): Command => ({
  file: win32.join(systemRoot ?? 'C:\\Windows', 'System32', name),
  args,
  limitMs,
});

export const netstat = (systemRoot: string | null, protocol: 'TCP' | 'TCPv6'): Command =>
  system32(systemRoot, 'netstat.exe', ['-ano', '-p', protocol]);

export const tasklist = (systemRoot: string | null, processId: number): Command =>
  system32(systemRoot, 'tasklist.exe', ['/SVC', '/FI', `PID eq ${processId}`, '/FO', 'CSV', '/NH']);

export const serviceQuery = (systemRoot: string | null, service: string): Command =>
  system32(systemRoot, 'sc.exe', ['queryex', service]);

export const registryQuery = (systemRoot: string | null, ...args: readonly string[]): Command =>
  system32(systemRoot, 'reg.exe', ['query', ...args]);

export const folderRights = (systemRoot: string | null, folder: string): Command =>
  system32(systemRoot, 'icacls.exe', [folder]);

export const timeService = (systemRoot: string | null): Command =>
  system32(systemRoot, 'w32tm.exe', ['/query', '/status']);

export const linuxSockets: Command = { file: '/usr/bin/ss', args: ['-H', '-l', '-t', '-n', '-p'], limitMs };

export const linuxMode = (folder: string): Command => ({
  file: '/usr/bin/stat',
  args: ['--format=%a %U', '--', folder],
  limitMs,
});

export const linuxTime: Command = {
  file: '/usr/bin/timedatectl',
  args: ['show', '--property=NTPSynchronized', '--value'],
  limitMs,
};
