/**
 * The command that writes one value. Pure.
 *
 * certutil is what CA administrators know and what the CA's own audit sees, but it guesses the type of a value from its text:
 * a number, a date, the name of a file, a leading + or - or @ become something else. So certutil writes what it can only
 * take as it is meant: addresses and full host names, numbers and flags of values that are there, removals. All other
 * texts go through reg.exe, which is told the type.
 */
import { isIPv4 } from 'node:net';
import type { RegistryData } from '../../shared/contract/computer/exit-module-calls.ts';
import { exitEventIds, exitEvents } from '../../shared/exit-module/exit-events.ts';
import type { Command } from '../base/command-runner.ts';
import type { ChangeTarget } from './change-targets.ts';
import { keyBelow, smtpKeyOf } from './exit-module.ts';
import { microsoftExitModule, type WindowsPrograms } from './windows-programs.ts';

export interface WritePlace {
  /** Null: to be filled in by whoever copies the command. */
  readonly caName: string | null;
  /** `exit` means the first module in the list; ours is named in full when another one is. */
  readonly isFirst: boolean;
}

const certutilPath = ({ isFirst }: WritePlace, key: string, name: string): string =>
  [isFirst ? 'exit' : `exit\\${microsoftExitModule}`, 'smtp', ...(key === '' ? [] : [key]), name].join('\\');

export function writeCommand(
  { certutil, reg }: WindowsPrograms,
  place: WritePlace,
  { key, name, data }: ChangeTarget,
): Command {
  const path = certutilPath(place, key, name);
  const registryPath = keyBelow(smtpKeyOf(place.caName), key);
  if (data === null) return certutil('-delreg', path);
  if (key === '' && isUnambiguous(data)) return certutil('-setreg', path, plainText(data));
  return reg('add', registryPath.replace(/^HKEY_LOCAL_MACHINE/, 'HKLM'), '/v', name, ...typedData(data), '/f');
}

/** Switches one event: certutil keeps all other bits, whoever set them. */
export const eventCommand = ({ certutil }: WindowsPrograms, place: WritePlace, bit: number, on: boolean): Command =>
  certutil('-setreg', certutilPath(place, '', 'EventFilter'), `${on ? '+' : '-'}${bitName(bit)}`);

function bitName(bit: number): string {
  const id = exitEventIds.find((event) => exitEvents[event].bit === bit);
  // Older versions of certutil lack the name of the newest event.
  return id === undefined || id === 'imported' ? `0x${bit.toString(16)}` : exitEvents[id].constant;
}

function isUnambiguous(data: RegistryData): boolean {
  if (data.type === 'REG_DWORD') return data.number < 10; // the same in every notation
  return data.type === 'REG_SZ' && (isIPv4(data.text) || /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(data.text));
}

const plainText = (data: RegistryData): string =>
  data.type === 'REG_DWORD' ? String(data.number) : data.type === 'REG_SZ' ? data.text : '';

function typedData(data: RegistryData): readonly string[] {
  switch (data.type) {
    case 'REG_SZ':
      return ['/t', data.type, '/d', data.text];
    case 'REG_DWORD':
      return ['/t', data.type, '/d', `0x${data.number.toString(16)}`];
    case 'REG_MULTI_SZ': {
      const separator = separators.find((mark) => !data.lines.some((line) => line.includes(mark))) ?? '\u{a6}';
      return ['/t', data.type, '/s', separator, '/d', data.lines.join(separator)];
    }
    case 'other':
      throw new Error(`A value of type ${data.name} is never written`);
  }
}

/** One letter between the parts of a multi-string that none of them has. */
const separators = ['|', '~', '#', ';', '^', '$', '*', '\u{a7}'];
