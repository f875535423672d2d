/** The commands of Windows that concern the certification authority. Pure: argument lists, never a line for a shell. */
import { win32 } from 'node:path';
import type { ShownCommand } from '../../shared/contract/computer/exit-module-calls.ts';
import type { Command } from '../base/command-runner.ts';

export const caService = 'CertSvc';
export const microsoftExitModule = 'CertificateAuthority_MicrosoftDefault.Exit';
export const configurationKey = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration';
/** In a command for a computer whose certification authority is not known. */
export const unknownCaName = '<CA name>';

const firewallRule = 'SMTP Relay Manager: block inbound SMTP (TCP 25)';
/** A CA that is busy with notifications answers late. */
const certutilLimitMs = 120_000;

export interface WindowsPrograms {
  certutil(...args: readonly string[]): Command;
  reg(...args: readonly string[]): Command;
  sc(...args: readonly string[]): Command;
  wevtutil(...args: readonly string[]): Command;
  firewall(...args: readonly string[]): Command;
}

/** @param systemRoot  Null when Windows does not say. */
export function windowsPrograms(systemRoot: string | null): WindowsPrograms {
  const folder = win32.join(systemRoot ?? 'C:\\Windows', 'System32');
  const program = (name: string, args: readonly string[]): Command => ({ file: win32.join(folder, name), args });
  return {
    certutil: (...args) => ({
      ...program('certutil.exe', args),
      limitMs: certutilLimitMs,
      // certutil takes a text that names a file for its content; nothing there is called like a server.
      workingFolder: folder,
    }),
    reg: (...args) => program('reg.exe', args),
    sc: (...args) => program('sc.exe', args),
    wevtutil: (...args) => program('wevtutil.exe', args),
    firewall: (...args) => program('netsh.exe', ['advfirewall', 'firewall', ...args]),
  };
}

export const restartCommands = ({ sc }: WindowsPrograms): readonly Command[] => [
  sc('stop', caService),
  sc('query', caService),
  sc('start', caService),
];

/** Rules of the firewall never concern connections of the computer to itself. */
export const blockPortCommands = ({ firewall }: WindowsPrograms): readonly Command[] => [
  firewall(
    ...['add', 'rule', `name=${firewallRule}`, 'dir=in', 'action=block', 'protocol=TCP', 'localport=25', 'profile=any'],
  ),
];
export const allowPortCommands = ({ firewall }: WindowsPrograms): readonly Command[] => [
  firewall('delete', 'rule', `name=${firewallRule}`),
];
export const portBlockedCommand = ({ firewall }: WindowsPrograms): Command =>
  firewall('show', 'rule', `name=${firewallRule}`);

/** A real and harmless event. */
export const publishCrlCommand = ({ certutil }: WindowsPrograms): Command => certutil('-CRL');

/** For people: the command with its line for a prompt. */
export const shownCommand = ({ file, args }: Command): ShownCommand => ({
  file,
  args: [...args],
  text: [win32.basename(file), ...args.map(promptArgument)].join(' '),
});

/**
 * One argument as it is typed in a command prompt. Between quotes the prompt leaves everything alone; a quote inside is
 * written so that neither the prompt nor the program takes it for an end.
 */
export function promptArgument(text: string): string {
  if (/^[\w.:\\/+=,@-]+$/.test(text)) return text;
  const quoted = `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;
  return text.includes('"') ? quoted.replace(/[()%!^"<>&|]/g, '^$&') : quoted;
}
