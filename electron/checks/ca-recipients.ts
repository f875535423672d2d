/** To whom the certification authority of this computer writes: their domains and gateways are what matters. */
import type { ExitMail } from '../../shared/contract/computer/exit-module-calls.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import { exitModuleOf } from '../ca/exit-module.ts';
import { readCa } from '../ca/read-ca.ts';
import { windowsPrograms } from '../ca/windows-programs.ts';
import type { CheckOptions } from './types.ts';

/** None where there is no certification authority, or its settings can't be read. */
export async function readCaRecipients({
  platform,
  systemRoot,
  runner,
}: Pick<CheckOptions, 'platform' | 'systemRoot' | 'runner'>): Promise<readonly string[]> {
  if (platform !== 'win32') return [];
  try {
    const { keys } = await readCa({ runner, programs: windowsPrograms(systemRoot) });
    return keys === null ? [] : caRecipientsOf(exitModuleOf(keys).mails);
  } catch (error) {
    if (error instanceof ProblemError) return [];
    throw error;
  }
}

/** Several addresses stand in one text, separated by semicolons or commas. Without doubles. */
export const caRecipientsOf = (mails: readonly Pick<ExitMail, 'to' | 'cc'>[]): readonly string[] => [
  ...new Set(
    mails
      .flatMap(({ to, cc }) => `${to};${cc}`.split(/[;,\s]+/))
      .filter((address) => /^[^\s<>@]+@[^\s<>@]+$/.test(address)),
  ),
];
