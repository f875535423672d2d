/** Errors of Windows' programs by their numbers, never by their words. Pure. */
import type { CommandResult } from '../base/command-runner.ts';

export type WindowsErrorKind = 'accessDenied' | 'notFound' | 'other';

/** An error of Win32 inside an HRESULT. */
const win32Facility = 0x8007_0000;

const kinds: Readonly<Record<number, WindowsErrorKind>> = { 2: 'notFound', 3: 'notFound', 5: 'accessDenied' };

/**
 * The number behind a failure: certutil ends with it, or writes it into its text and ends with 1.
 * @returns '0x80070005', '5', or '' when there is none but "it failed".
 */
export function errorCodeOf({ exitCode, stdout, stderr }: CommandResult): string {
  const code = exitCode >>> 0;
  if (code > 0xffff) return `0x${code.toString(16).padStart(8, '0')}`;
  const [written] = /\b0x[0-9a-f]{8}\b/i.exec(withoutValues(`${stdout}\n${stderr}`)) ?? [];
  if (written !== undefined) return written.toLowerCase();
  return code <= 1 ? '' : String(code);
}

/** Indented lines show values of the registry, which may look like anything. */
const withoutValues = (text: string): string =>
  text
    .split(/\r?\n/)
    .filter((line) => !line.startsWith(' '))
    .join('\n');

export function errorKindOf(result: CommandResult): WindowsErrorKind {
  const code = Number(errorCodeOf(result));
  return kinds[code >= win32Facility && code <= win32Facility + 0xffff ? code - win32Facility : code] ?? 'other';
}
