/** The commands of Windows that make, change and remove the service. Pure: argument lists in, argument lists out. */
import { createHash } from 'node:crypto';
import { win32 } from 'node:path';
import { serviceInstalledEventId } from '../../shared/contract/alerts.ts';
import type { Command } from '../base/command-runner.ts';
import type { ServiceInstallation } from './service-control.ts';
import { serviceDescription, serviceName, serviceTitle } from './service-facts.ts';

/** Null when Windows does not say. */
export type SystemRoot = string | null;

const systemProgram = (systemRoot: SystemRoot, name: string): string =>
  win32.join(systemRoot ?? 'C:\\Windows', 'System32', name);

export const serviceCommand = (systemRoot: SystemRoot, ...args: readonly string[]): Command => ({
  file: systemProgram(systemRoot, 'sc.exe'),
  args,
});

/**
 * The service itself. `exists`: corrected instead of made.
 * Started with Windows and not 'delayed': the CA starts with Windows as well, and its first mail is about that start.
 */
export function serviceDefinition(
  systemRoot: SystemRoot,
  installation: ServiceInstallation,
  exists: boolean,
): readonly Command[] {
  const sc = (...args: readonly string[]): Command => serviceCommand(systemRoot, ...args);
  return [
    sc(
      exists ? 'config' : 'create',
      serviceName,
      // sc.exe wants 'option=' and its value as two arguments.
      ...['type=', 'own'],
      ...['start=', 'auto'],
      ...['error=', 'normal'],
      ...['binPath=', programLine(installation)],
      // A virtual account: no password, no rights but those given to it, and known by its name in every access list.
      ...['obj=', `NT SERVICE\\${serviceName}`],
      ...['DisplayName=', serviceTitle],
    ),
    sc('description', serviceName, serviceDescription),
    // A day without failure begins anew; times in milliseconds.
    sc('failure', serviceName, 'reset=', '86400', 'actions=', 'restart/5000/restart/30000/restart/60000'),
    // Also when the relay ends by itself with an error, not only when its process is lost.
    sc('failureflag', serviceName, '1'),
  ];
}

/** What Windows starts. */
export function programLine({ program, dataFolder }: Pick<ServiceInstallation, 'program' | 'dataFolder'>): string {
  return [program, '--service', ...(dataFolder === null ? [] : ['--data', dataFolder])]
    .map(quoteWindowsArgument)
    .join(' ');
}

/**
 * Administrators, the system and the service have the data folder; nobody inherits anything else. Accounts by their
 * numbers, because their names are translated.
 */
export const dataFolderRights = (systemRoot: SystemRoot, dataFolder: string): Command => ({
  file: systemProgram(systemRoot, 'icacls.exe'),
  args: [
    dataFolder,
    '/inheritance:r',
    '/grant:r',
    `*${systemSid}:(OI)(CI)F`,
    `*${administratorsSid}:(OI)(CI)F`,
    `*${serviceSid(serviceName)}:(OI)(CI)M`,
    '/Q',
  ],
  // The rights of everything inside follow: a long queue takes its time.
  limitMs: 10 * 60_000,
});

const systemSid = 'S-1-5-18';
const administratorsSid = 'S-1-5-32-544';

/** The number of `NT SERVICE\<name>`: SHA-1 of the name in capitals, as five 32-bit numbers. */
export function serviceSid(name: string): string {
  const hash = createHash('sha1').update(Buffer.from(name.toUpperCase(), 'utf16le')).digest();
  return ['S-1-5-80', ...[0, 4, 8, 12, 16].map((offset) => hash.readUInt32LE(offset))].join('-');
}

/** The first event makes the source known to Windows, which the service's own account may not do. */
export const firstEvent = (systemRoot: SystemRoot): Command => ({
  file: systemProgram(systemRoot, 'eventcreate.exe'),
  args: [
    ...['/L', 'APPLICATION', '/SO', serviceName, '/T', 'INFORMATION'],
    ...['/ID', String(serviceInstalledEventId), '/D', 'The service was installed.'],
  ],
});

export const firewallRule = (systemRoot: SystemRoot, program: string, ports: readonly number[]): Command => ({
  file: systemProgram(systemRoot, 'netsh.exe'),
  args: [
    ...['advfirewall', 'firewall', 'add', 'rule', `name=${serviceTitle}`],
    ...['dir=in', 'action=allow', 'protocol=TCP', `localport=${ports.join(',')}`, `program=${program}`],
    ...['profile=domain,private', 'enable=yes'],
  ],
});

export const withoutFirewallRule = (systemRoot: SystemRoot): Command => ({
  file: systemProgram(systemRoot, 'netsh.exe'),
  args: ['advfirewall', 'firewall', 'delete', 'rule', `name=${serviceTitle}`],
});

/**
 * One argument for the rules by which C programs of Windows take their command line apart: backslashes count only before
 * a quote.
 */
export const quoteWindowsArgument = (text: string): string =>
  /^[^\s"]+$/.test(text) ? text : `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;
