/** What `reg.exe query` prints: the same in every language of Windows. Pure. */
import type { RegistryData } from '../../shared/contract/computer/exit-module-calls.ts';
import type { RegistryKey, RegistryValue } from './registry-keys.ts';

const keyLine = /^(HKEY_[A-Z_]+\\.*?)\s*$/;
const valueLine = /^ {4}(.*?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/;

/** @param text  Decoded. Lines that are neither key nor value are somebody's words and are passed over. */
export function parseRegQuery(text: string): readonly RegistryKey[] {
  const keys: { path: string; values: RegistryValue[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, path] = keyLine.exec(line) ?? [];
    if (path !== undefined) {
      keys.push({ path, values: [] });
      continue;
    }
    const [, name, type, data = ''] = valueLine.exec(line) ?? [];
    if (name !== undefined && type !== undefined) keys.at(-1)?.values.push({ name, data: dataOf(type, data) });
  }
  return keys;
}

function dataOf(type: string, text: string): RegistryData {
  switch (type) {
    case 'REG_SZ':
      return { type, text };
    case 'REG_DWORD': {
      const number = Number(text);
      return Number.isInteger(number) ? { type, number } : { type: 'other', name: type, text };
    }
    case 'REG_MULTI_SZ':
      return { type, lines: withoutEnd(text.split('\\0')) };
    default:
      return { type: 'other', name: type, text };
  }
}

/** An end mark after the last part is no further part. */
function withoutEnd(lines: readonly string[]): string[] {
  const last = lines.findLastIndex((line) => line !== '');
  return lines.slice(0, last + 1);
}
