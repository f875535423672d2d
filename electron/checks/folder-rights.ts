/** Who may read the mail and the secrets on disk. */
import type { CheckFinding } from '../../shared/contract/computer/check-calls.ts';
import { decodeOemText, usualCodePage } from '../base/oem-text.ts';
import { folderRights, linuxMode } from './system-programs.ts';
import { type CheckOptions, finding } from './types.ts';

export async function folderFindings({
  platform,
  systemRoot,
  runner,
  dataFolder: folder,
}: Pick<CheckOptions, 'platform' | 'systemRoot' | 'runner' | 'dataFolder'>): Promise<CheckFinding[]> {
  if (platform === 'win32') {
    const { exitCode, stdout } = await runner.run(folderRights(systemRoot, folder));
    const entries = exitCode === 0 ? parseIcacls(decodeOemText(stdout, usualCodePage), folder) : [];
    return entries.length === 0 ? [finding('folderUnread', 'skipped', { folder })] : judgeEntries(entries, folder);
  }
  const { exitCode, stdout } = await runner.run(linuxMode(folder));
  const [, mode = ''] = /^([0-7]{3,4}) \S+\s*$/.exec(stdout) ?? [];
  if (exitCode !== 0 || mode === '') return [finding('folderUnread', 'skipped', { folder })];
  return [judgeMode(mode, folder)];
}

export interface FolderAccess {
  readonly account: string;
  readonly isInherited: boolean;
  readonly isDenied: boolean;
}

/** @param text  of `icacls.exe`, decoded: the first entry stands behind the path, each further one on a line of its own. */
export function parseIcacls(text: string, folder: string): readonly FolderAccess[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const rest = line.toLowerCase().startsWith(folder.toLowerCase()) ? line.slice(folder.length) : line;
    const [, account, flags] = /^\s+(\S.*?):((?:\([^()]+\))+)\s*$/.exec(rest) ?? [];
    if (account === undefined || flags === undefined) return [];
    return [{ account, isInherited: flags.includes('(I)'), isDenied: /\((?:DENY|N)\)/.test(flags) }];
  });
}

/** Accounts that are everybody, in English and in German. Where another language hides them, they show as unknown. */
const everybody: ReadonlySet<string> = new Set(
  [
    'Everyone',
    'Jeder',
    'BUILTIN\\Users',
    'VORDEFINIERT\\Benutzer',
    'NT AUTHORITY\\Authenticated Users',
    'NT-AUTORITÄT\\Authentifizierte Benutzer',
    'NT AUTHORITY\\INTERACTIVE',
    'NT-AUTORITÄT\\INTERAKTIV',
    'BUILTIN\\Guests',
    'VORDEFINIERT\\Gäste',
  ].map((name) => name.toLowerCase()),
);

const expected: readonly RegExp[] = [
  /^NT[ -][^\\]+\\SYSTEM$/i,
  /^(?:BUILTIN|VORDEFINIERT)\\Administrat(?:ors|oren)$/i,
  /^NT SERVICE\\(?:SmtpRelay|TrustedInstaller)$/i,
  /^(?:CREATOR OWNER|ERSTELLER-BESITZER)$/i,
];

function judgeEntries(entries: readonly FolderAccess[], folder: string): CheckFinding[] {
  const others = entries.filter(
    ({ account, isDenied }) => !isDenied && !expected.some((pattern) => pattern.test(account)),
  );
  const open = others.filter(({ account }) => everybody.has(account.toLowerCase()));
  const accounts = (list: readonly FolderAccess[]): string =>
    [...new Set(list.map(({ account }) => account))].join(', ');
  if (open.length > 0) return [finding('folderOpen', 'problem', { folder, accounts: accounts(open) })];
  const findings =
    others.length === 0 ? [] : [finding('folderOthers', 'warning', { folder, accounts: accounts(others) })];
  // What is inherited changes with the folder above.
  if (entries.some(({ isInherited }) => isInherited)) findings.push(finding('folderInherits', 'warning', { folder }));
  return findings.length === 0 ? [finding('folderClosed', 'ok', { folder })] : findings;
}

function judgeMode(mode: string, folder: string): CheckFinding {
  const [group = '0', others = '0'] = mode.slice(-2);
  if (others !== '0') return finding('folderOpen', 'problem', { folder, accounts: `mode ${mode}` });
  return group === '0'
    ? finding('folderClosed', 'ok', { folder })
    : finding('folderOthers', 'warning', { folder, accounts: `mode ${mode}` });
}
