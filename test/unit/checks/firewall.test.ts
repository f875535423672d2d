import { expect, test } from 'vitest';
import { firewallFindings } from '../../../electron/checks/firewall.ts';
import { concernsPort, parseFirewallRule } from '../../../electron/checks/firewall-rules.ts';
import { ScriptedCommands } from '../../fakes/scripted-commands.ts';

const policy = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
const block = 'v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=25|Name=Keep 25 closed|';
const allow = 'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort2_10=20-30|Name=Mail|';

const ownProgram = 'C:\\Program Files\\SMTP Relay Manager\\SMTP Relay Manager.exe';

interface Registry {
  readonly local?: readonly string[];
  readonly group?: readonly string[];
  readonly off?: readonly string[];
}

const windowsWith = ({ local = [], group, off = [] }: Registry) =>
  new ScriptedCommands((words) => {
    if (words.includes('FirewallPolicy\\FirewallRules')) return { stdout: listing(`${policy}\\FirewallRules`, local) };
    if (words.includes('WindowsFirewall\\FirewallRules') && group !== undefined) {
      return {
        stdout: listing('HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\FirewallRules', group),
      };
    }
    const profile = /FirewallPolicy\\(\w+Profile)/.exec(words)?.[1];
    if (profile === undefined) return { exitCode: 1 };
    const value = off.includes(profile) ? '0x0' : '0x1';
    return { stdout: `\r\n${policy}\\${profile}\r\n    EnableFirewall    REG_DWORD    ${value}\r\n\r\n` };
  });

const listing = (key: string, rules: readonly string[]): string =>
  `\r\n${key}\r\n${rules.map((rule, index) => `    {rule-${index}}    REG_SZ    ${rule}\r\n`).join('')}\r\n`;

const findingsOf = async (registry: Registry, isForOthers = false) =>
  (
    await firewallFindings(
      { platform: 'win32', systemRoot: 'C:\\Windows', runner: windowsWith(registry), ownProgram },
      { port: 25, isForOthers },
    )
  ).map(({ id, severity }) => `${id} ${severity}`);

test.each([
  { what: 'no rule', registry: {}, loopback: 'portNotBlocked note', open: 'portNotBlocked note' },
  { what: 'a block', registry: { local: [block] }, loopback: 'portBlocked ok', open: 'portBlocked warning' },
  { what: 'an allow', registry: { local: [allow] }, loopback: 'portAllowed warning', open: 'portAllowed note' },
  {
    what: 'both',
    registry: { local: [allow], group: [block] },
    loopback: 'allowOverruled note',
    open: 'allowOverruled warning',
  },
])('$what for port 25: $loopback, for a relay of others $open', async ({ registry, loopback, open }) => {
  expect(await findingsOf(registry)).toEqual([loopback]);
  expect(await findingsOf(registry, true)).toEqual([open]);
});

test('a profile that is off is told', async () => {
  expect(await findingsOf({ local: [block], off: ['DomainProfile'] })).toEqual(['portBlocked ok', 'firewallOff note']);
});

test('rules that may not be read, and systems without this firewall, are told as not checked', async () => {
  const denied = new ScriptedCommands(() => ({ exitCode: 1, stderr: 'FEHLER: Zugriff verweigert' }));
  const options = { systemRoot: null, runner: denied, ownProgram } as const;
  const target = { port: 25, isForOthers: false };
  expect(await firewallFindings({ ...options, platform: 'win32' }, target)).toMatchObject([{ id: 'firewallUnread' }]);
  expect(await firewallFindings({ ...options, platform: 'linux' }, target)).toMatchObject([
    { id: 'firewallElsewhere' },
  ]);
});

test.each([
  ['v2.31|Action=Allow|Active=FALSE|Dir=In|Protocol=6|LPort=25|Name=x|', false],
  ['v2.31|Action=Allow|Active=TRUE|Dir=Out|Protocol=6|LPort=25|Name=x|', false],
  ['v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=17|LPort=25|Name=x|', false],
  ['v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=25|App=C:\\inetinfo.exe|Name=x|', false],
  ['v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=RPC|Name=x|', false],
  ['v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Name=x|', false],
  ['v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=80|LPort=25|Name=x|', true],
  ['v2.31|Action=Allow|Active=TRUE|Dir=In|LPort=25|Name=x|', true],
])('%s concerns port 25: %s', (text, concerned) => {
  const rule = parseFirewallRule(text);
  expect(rule !== null && concernsPort(rule, 25, ownProgram)).toBe(concerned);
});

test.each([
  [
    'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|App=c:\\program files\\smtp relay manager\\smtp relay manager.exe|Name=x|',
    true,
  ],
  [`v2.31|Action=Allow|Active=TRUE|Dir=In|App=${ownProgram}|Name=x|`, true],
  [`v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=25|App=${ownProgram}|Name=x|`, true],
  [`v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=587|App=${ownProgram}|Name=x|`, false],
  [`v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=17|App=${ownProgram}|Name=x|`, false],
])('a rule for our own program, as Windows makes it after its question: %s concerns port 25: %s', (text, concerned) => {
  const rule = parseFirewallRule(text);
  expect(rule !== null && concernsPort(rule, 25, ownProgram)).toBe(concerned);
});

test('what is no rule is none', () => {
  expect(parseFirewallRule('something else')).toBeNull();
});
