import { expect, test } from 'vitest';
import { changeTargets, eventBits } from '../../../electron/ca/change-targets.ts';
import { type CaKeys, exitModuleOf, smtpKeyOf } from '../../../electron/ca/exit-module.ts';
import { bitsBetween, planChanges } from '../../../electron/ca/plan-changes.ts';
import type { RegistryKey } from '../../../electron/ca/registry-keys.ts';
import { microsoftExitModule, promptArgument, windowsPrograms } from '../../../electron/ca/windows-programs.ts';
import type { ExitModuleChange, RegistryData } from '../../../shared/contract/computer/exit-module-calls.ts';

const programs = windowsPrograms('C:\\Windows');
const shortKey = smtpKeyOf('CA 1').replace('HKEY_LOCAL_MACHINE', 'HKLM');
const text = (value: string): RegistryData => ({ type: 'REG_SZ', text: value });

function caKeys(values: Readonly<Record<string, RegistryData>>, more: Partial<CaKeys> = {}): CaKeys {
  const base = smtpKeyOf('CA 1');
  const keys = new Map<string, RegistryKey>([[base, { path: base, values: [] }]]);
  for (const [name, data] of Object.entries(values)) {
    const cut = name.lastIndexOf('\\');
    const path = cut < 0 ? base : `${base}\\${name.slice(0, cut)}`;
    const before = keys.get(path)?.values ?? [];
    keys.set(path, { path, values: [...before, { name: name.slice(cut + 1), data }] });
  }
  return { caName: 'CA 1', modules: [microsoftExitModule], keys: [...keys.values()], ...more };
}

const configured = caKeys({
  SMTPServer: text('mailgw.corp.example.com'),
  SMTPAuthenticate: { type: 'REG_DWORD', number: 1 },
  EventFilter: { type: 'REG_DWORD', number: 0x521 },
  'CRLIssued\\From': text('pki@corp.example.com'),
  'Templates\\Default\\Issued\\BodyFormat': { type: 'REG_MULTI_SZ', lines: ['One', 'Two'] },
});

function commands(change: ExitModuleChange, read: CaKeys | null = configured): readonly string[] {
  const settings = read === null ? null : exitModuleOf(read);
  const plan = planChanges(programs, read, { targets: changeTargets(settings, change), events: eventBits(change) });
  return plan.steps.map(({ command }) => command.text);
}

test('the usual change is two commands of certutil, with old and new value', () => {
  const change: ExitModuleChange = { server: '127.0.0.1', anonymous: true };
  expect(commands(change)).toEqual([
    'certutil.exe -setreg exit\\smtp\\SMTPServer 127.0.0.1',
    'certutil.exe -setreg exit\\smtp\\SMTPAuthenticate 0',
  ]);
  const { steps } = planChanges(programs, configured, {
    targets: changeTargets(exitModuleOf(configured), change),
    events: { on: 0, off: 0 },
  });
  expect(steps[0]).toMatchObject({
    before: text('mailgw.corp.example.com'),
    after: text('127.0.0.1'),
    command: { file: 'C:\\Windows\\System32\\certutil.exe', args: ['-setreg', 'exit\\smtp\\SMTPServer', '127.0.0.1'] },
  });
});

test('what is as it should be is no step', () => {
  expect(commands({ server: 'mailgw.corp.example.com', events: { issued: true, startup: false } })).toEqual([]);
});

test('without a certification authority there are the same commands, to copy', () => {
  expect(commands({ server: '127.0.0.1', anonymous: true, events: { startup: true, issued: false } }, null)).toEqual([
    'certutil.exe -setreg exit\\smtp\\SMTPServer 127.0.0.1',
    'certutil.exe -setreg exit\\smtp\\SMTPAuthenticate 0',
    'certutil.exe -setreg exit\\smtp\\EventFilter -EXITEVENT_CERTISSUED',
    'certutil.exe -setreg exit\\smtp\\EventFilter +EXITEVENT_STARTUP',
  ]);
});

test('events are switched one by one, so that bits nobody here knows stay', () => {
  const change: ExitModuleChange = { events: { issued: false, startup: true, imported: true } };
  expect(commands(change)).toEqual([
    'certutil.exe -setreg exit\\smtp\\EventFilter -EXITEVENT_CERTISSUED',
    'certutil.exe -setreg exit\\smtp\\EventFilter +EXITEVENT_STARTUP',
    'certutil.exe -setreg exit\\smtp\\EventFilter +0x200',
  ]);
  const { steps } = planChanges(programs, configured, { targets: [], events: eventBits(change) });
  expect(steps.map(({ after }) => after)).toEqual(
    [0x520, 0x5a0, 0x7a0].map((number) => ({ type: 'REG_DWORD', number })),
  );
});

test('a mask that is not there is made with its type', () => {
  expect(commands({ events: { crlIssued: true } }, caKeys({}))).toEqual([
    `reg.exe add "${shortKey}" /v EventFilter /t REG_DWORD /d 0x20 /f`,
  ]);
});

test('behind another exit module the name is written in full', () => {
  const other = caKeys({}, { modules: ['Vendor.Exit', microsoftExitModule] });
  expect(commands({ server: '127.0.0.1' }, other)).toEqual([
    'certutil.exe -setreg exit\\CertificateAuthority_MicrosoftDefault.Exit\\smtp\\SMTPServer 127.0.0.1',
  ]);
});

test.each(['mailgw', '20300101'])(
  "'%s' could be taken for something else by certutil: reg.exe is told the type",
  (host) => {
    const read = caKeys({});
    if (/^\d/.test(host)) expect(() => commands({ server: host }, read)).toThrow(/can't be the mail server/);
    else expect(commands({ server: host }, read)[0]).toContain(`/v SMTPServer /t REG_SZ /d ${host} /f`);
  },
);

test.each(['+EXITEVENT', '@file', '-1', '', 'a b', '::1', 'x'.repeat(300), 'host;rm'])(
  "'%s' is no mail server",
  (server) => {
    expect(() => commands({ server })).toThrow(/can't be the mail server/);
  },
);

test('texts of a mail keep their type whatever they look like', () => {
  const key = `"${shortKey}\\CRLIssued"`;
  const mail = { key: 'CRLIssued', titleFormat: '@+12 | %1 "new"', bodyFormat: ['One', '', 'Three | ~', ''], cc: '' };
  expect(commands({ mails: [mail] })).toEqual([
    `reg.exe add ${key} /v TitleFormat /t REG_SZ /d ^"@+12 ^| ^%1 \\^"new\\^"^" /f`,
    `reg.exe add ${key} /v BodyFormat /t REG_MULTI_SZ /s "#" /d "One# #Three | ~" /f`,
    `reg.exe add ${key} /v Cc /t REG_SZ /d "" /f`,
  ]);
});

test.each([
  [{ key: 'CRLIssued', from: 'nobody' }, 'From'],
  [{ key: 'CRLIssued', to: 'a@b.example; nobody' }, 'To'],
  [{ key: 'CRLIssued', titleFormat: 'two\nlines' }, 'TitleFormat'],
  [{ key: 'CRLIssued', bodyFormat: ['bell\u{7}'] }, 'BodyFormat'],
  [{ key: 'CRLIssued', bodyArguments: ['no name'] }, 'BodyArg'],
  [{ key: 'Issued', to: 'a@b.example' }, "no mail called 'Issued'"],
  [{ key: 'Templates\\Other\\Issued', to: 'a@b.example' }, 'no mail called'],
  [{ key: '..\\..\\Parameters', to: 'a@b.example' }, 'no mail called'],
])('%j is refused before anything runs', (mail, words) => {
  expect(() => commands({ mails: [mail] })).toThrow(words);
});

test('addresses with a name, several recipients', () => {
  const mail = { key: 'CRLIssued', from: 'PKI <pki@b.example>', to: 'a@b.example; c@d.example' };
  expect(commands({ mails: [mail] })).toHaveLength(2);
});

test.each([
  ['plain.text', 'plain.text'],
  ['', '""'],
  ['with blank', '"with blank"'],
  ['a&b', '"a&b"'],
  ['ends with \\ and blank\\', '"ends with \\ and blank\\\\"'],
  ['say "x" & go', '^"say \\^"x\\^" ^& go^"'],
])('%j is typed as %s', (argument, typed) => {
  expect(promptArgument(argument)).toBe(typed);
});

test('both layouts, keys of other names are nobody’s mail', () => {
  const flat = exitModuleOf(
    caKeys({ 'Issued\\From': text('a@b'), 'startup\\From': text('c@d'), 'Other\\From': text('x') }),
  );
  expect(flat.layout).toBe('flat');
  expect(flat.mails.map(({ key, event, template }) => [key, event, template])).toEqual([
    ['Issued', 'issued', null],
    ['startup', 'startup', null],
  ]);
  const perTemplate = exitModuleOf(
    caKeys({ 'Templates\\WebServer\\Issued\\To': text('w@b'), 'Templates\\Default\\Issued\\To': text('d@b') }),
  );
  expect(perTemplate.layout).toBe('perTemplate');
  expect(perTemplate.mails.map(({ template, to }) => [template, to])).toEqual([
    ['Default', 'd@b'],
    ['WebServer', 'w@b'],
  ]);
  expect(exitModuleOf(caKeys({})).layout).toBe('unknown');
});

test('a mask goes back bit by bit', () => {
  expect(bitsBetween(0xa0, 0x120)).toEqual({ on: 0x100, off: 0x80 });
});

test('a plan has the same name only while old values and commands are the same', () => {
  const plan = (read: CaKeys, server: string) =>
    planChanges(programs, read, { targets: changeTargets(null, { server }), events: { on: 0, off: 0 } }).fingerprint;
  expect(plan(configured, '127.0.0.1')).toBe(plan(configured, '127.0.0.1'));
  expect(plan(configured, '127.0.0.1')).not.toBe(plan(caKeys({}), '127.0.0.1'));
  expect(plan(configured, '127.0.0.1')).not.toBe(plan(configured, '127.0.0.2'));
});
