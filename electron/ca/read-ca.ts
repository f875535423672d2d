/** Reads how the certification authority is set up: the registry first, certutil's text where that is closed. Read-only. */
import type { CommandResult, CommandRunner } from '../base/command-runner.ts';
import { decodeOemText, usualCodePage } from '../base/oem-text.ts';
import type { ServiceRunState } from '../packaging/service-control.ts';
import { parseServiceStatus, windowsErrors } from '../packaging/windows-service-status.ts';
import { type CaKeys, exitModulesKeyOf, keyBelow } from './exit-module.ts';
import { type CertutilListing, parseCertutil } from './parse-certutil.ts';
import { parseRegQuery } from './parse-reg-query.ts';
import { dataOf, keyAt, linesOf, type RegistryKey, sameName, textOf } from './registry-keys.ts';
import { caService, configurationKey, microsoftExitModule, type WindowsPrograms } from './windows-programs.ts';

export interface CaReading {
  readonly serviceState: ServiceRunState | 'unknown';
  readonly serviceProcessId: number | null;
  /** Null: none is set up, or its settings may not be read. */
  readonly keys: CaKeys | null;
  readonly isServerCore: boolean;
  readonly clustered: 'no' | 'yes' | 'unknown';
  readonly codePage: number;
}

export interface CaReader {
  readonly runner: CommandRunner;
  readonly programs: WindowsPrograms;
}

/** @throws {ProblemError} 'notPossible' when a program of Windows can't be started. */
export async function readCa(reader: CaReader): Promise<CaReading> {
  const { runner, programs } = reader;
  const service = await runner.run(programs.sc('queryex', caService));
  const codePage = await readCodePage(reader);
  const around = { codePage, isServerCore: await readServerCore(reader), clustered: await readCluster(reader) };
  if (service.exitCode === windowsErrors.noSuchService) {
    return { ...around, serviceState: 'notInstalled', serviceProcessId: null, keys: null };
  }
  const status = service.exitCode === 0 ? parseServiceStatus(service.stdout) : null;
  return {
    ...around,
    serviceState: status?.state ?? 'unknown',
    serviceProcessId: status?.processId ?? null,
    keys: (await readRegistry(reader, codePage)) ?? (await readWithCertutil(reader, codePage)),
  };
}

async function readRegistry({ runner, programs }: CaReader, codePage: number): Promise<CaKeys | null> {
  const query = async (...args: readonly string[]): Promise<readonly RegistryKey[]> => {
    const result = await runner.run(programs.reg('query', ...args));
    return result.exitCode === 0 ? parseRegQuery(decodeOemText(result.stdout, codePage)) : [];
  };
  const caName = textOf(dataOf((await query(configurationKey, '/v', 'Active'))[0], 'Active'));
  if (caName === null || caName === '') return null;
  const exitModules = exitModulesKeyOf(caName);
  const keys = await query(exitModules, '/s');
  if (keys.length === 0) return null;
  const modules = linesOf(dataOf(keyAt(keys, exitModules), 'Active'));
  return { caName, modules: modules.filter((module) => module !== ''), keys };
}

/** Deep enough for `SMTP\Templates\<name>\<event>`. */
const keyDepth = 3;
/** A listing is one call of a slow program; nobody has that many templates with mail of their own. */
const maxListings = 100;

async function readWithCertutil({ runner, programs }: CaReader, codePage: number): Promise<CaKeys | null> {
  const list = async (path: string): Promise<CertutilListing | null> => {
    const result = await runner.run(programs.certutil('-getreg', path));
    return result.exitCode === 0 ? (parseCertutil(decodeOemText(result.stdout, codePage))[0] ?? null) : null;
  };
  // `exit` is the key of the first exit module, whichever it is: its path names it and the certification authority.
  const first = await list('exit');
  const [, caName, firstModule] = /\\Configuration\\([^\\]+)\\ExitModules\\([^\\]+)/i.exec(first?.path ?? '') ?? [];
  if (caName === undefined || firstModule === undefined) return null;
  const keys: RegistryKey[] = [];
  let room = maxListings;
  const walk = async (path: string, depth: number): Promise<void> => {
    if (depth > keyDepth || room <= 0) return;
    room -= 1;
    const listing = await list(path);
    if (listing === null) return;
    keys.push({ path: listing.path, values: listing.values });
    for (const subkey of listing.subkeys) await walk(keyBelow(path, subkey), depth + 1);
  };
  const isFirst = sameName(firstModule, microsoftExitModule);
  await walk(isFirst ? 'exit\\smtp' : `exit\\${microsoftExitModule}\\smtp`, 0);
  return keys.length === 0
    ? null
    : { caName, modules: isFirst ? [firstModule] : [firstModule, microsoftExitModule], keys };
}

const codePageKey = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage';
const windowsKey = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const clusterKey = 'HKEY_LOCAL_MACHINE\\Cluster\\Resources';

async function readCodePage({ runner, programs }: CaReader): Promise<number> {
  const { stdout } = await runner.run(programs.reg('query', codePageKey, '/v', 'OEMCP'));
  const codePage = Number(textOf(dataOf(parseRegQuery(stdout)[0], 'OEMCP')) ?? '');
  return Number.isInteger(codePage) && codePage > 0 ? codePage : usualCodePage;
}

async function readServerCore({ runner, programs }: CaReader): Promise<boolean> {
  const { stdout } = await runner.run(programs.reg('query', windowsKey, '/v', 'InstallationType'));
  return textOf(dataOf(parseRegQuery(stdout)[0], 'InstallationType')) === 'Server Core';
}

/** A node of a cluster whose resources include the service of the certification authority. */
async function readCluster({ runner, programs }: CaReader): Promise<CaReading['clustered']> {
  const service = await runner.run(programs.sc('query', 'ClusSvc'));
  if (service.exitCode === windowsErrors.noSuchService) return 'no';
  const resources = await runner.run(programs.reg('query', clusterKey, '/s'));
  if (resources.exitCode !== 0) return 'unknown';
  const isCaService = (key: RegistryKey): boolean => sameName(textOf(dataOf(key, 'ServiceName')) ?? '', caService);
  return parseRegQuery(resources.stdout).some(isCaService) ? 'yes' : 'no';
}

/** What the firewall says of our rule. Null: it could not be asked. */
export const isPortBlocked = ({ exitCode, stdout }: Pick<CommandResult, 'exitCode' | 'stdout'>): boolean | null =>
  exitCode === 0 ? /\b25\b/.test(stdout) : exitCode === 1 ? false : null;
