/** The firewall of Windows: whether other computers are kept from the port of the relay. Read from the registry, which has no language. */
import type { CheckFinding } from '../../shared/contract/computer/check-calls.ts';
import { decodeOemText, usualCodePage } from '../base/oem-text.ts';
import { parseRegQuery } from '../ca/parse-reg-query.ts';
import { dataOf, numberOf, type RegistryKey, textOf } from '../ca/registry-keys.ts';
import { concernsPort, type FirewallRule, parseFirewallRule } from './firewall-rules.ts';
import { registryQuery } from './system-programs.ts';
import { type CheckOptions, finding } from './types.ts';

const localPolicy = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
const groupPolicy = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall';

/** By the names of the registry: 'Standard' is what people know as private. */
const profiles = [
  { key: 'DomainProfile', name: 'Domain' },
  { key: 'StandardProfile', name: 'Private' },
  { key: 'PublicProfile', name: 'Public' },
] as const;

/** @param isForOthers  The relay is meant to be reached from other computers. */
export async function firewallFindings(
  options: Pick<CheckOptions, 'platform' | 'systemRoot' | 'runner' | 'ownProgram'>,
  { port, isForOthers }: { readonly port: number; readonly isForOthers: boolean },
): Promise<CheckFinding[]> {
  if (options.platform !== 'win32') return [finding('firewallElsewhere', 'skipped')];
  const local = await query(options, `${localPolicy}\\FirewallRules`);
  if (local === null) return [finding('firewallUnread', 'skipped')];
  const group = (await query(options, `${groupPolicy}\\FirewallRules`)) ?? [];
  const rules = [...group, ...local]
    .flatMap(({ values }) => values)
    .flatMap(({ data }) => parseFirewallRule(textOf(data) ?? '') ?? [])
    .filter((rule) => concernsPort(rule, port, options.ownProgram));
  return [...ruleFindings(rules, port, isForOthers), ...(await offFindings(options, isForOthers))];
}

function ruleFindings(rules: readonly FirewallRule[], port: number, isForOthers: boolean): CheckFinding[] {
  const block = rules.find(({ isAllowed }) => !isAllowed);
  const allow = rules.find(({ isAllowed }) => isAllowed);
  if (block !== undefined && allow !== undefined) {
    return [finding('allowOverruled', isForOthers ? 'warning' : 'note', { port, rule: allow.name, block: block.name })];
  }
  if (block !== undefined) {
    return [finding('portBlocked', isForOthers ? 'warning' : 'ok', { port, rule: block.name })];
  }
  if (allow !== undefined)
    return [finding('portAllowed', isForOthers ? 'note' : 'warning', { port, rule: allow.name })];
  return [finding('portNotBlocked', 'note', { port })];
}

async function offFindings(
  options: Pick<CheckOptions, 'systemRoot' | 'runner'>,
  isForOthers: boolean,
): Promise<CheckFinding[]> {
  const off: string[] = [];
  for (const { key, name } of profiles) {
    const [byGroup] = (await query(options, `${groupPolicy}\\${key}`, '/v', 'EnableFirewall')) ?? [];
    const [byHand] = (await query(options, `${localPolicy}\\${key}`, '/v', 'EnableFirewall')) ?? [];
    const enabled = numberOf(dataOf(byGroup, 'EnableFirewall')) ?? numberOf(dataOf(byHand, 'EnableFirewall'));
    if (enabled === 0) off.push(name);
  }
  if (off.length === 0) return [];
  return [finding('firewallOff', isForOthers ? 'warning' : 'note', { profiles: off.join(', ') })];
}

/** Null: no such key, or it may not be read. */
async function query(
  { runner, systemRoot }: Pick<CheckOptions, 'systemRoot' | 'runner'>,
  ...args: readonly string[]
): Promise<readonly RegistryKey[] | null> {
  const { exitCode, stdout } = await runner.run(registryQuery(systemRoot, ...args));
  return exitCode === 0 ? parseRegQuery(decodeOemText(stdout, usualCodePage)) : null;
}
