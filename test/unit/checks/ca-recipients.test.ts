import { expect, test } from 'vitest';
import { caRecipientsOf, readCaRecipients } from '../../../electron/checks/ca-recipients.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { ScriptedCommands } from '../../fakes/scripted-commands.ts';

test('several addresses in one text, each once, and nothing that is none', () => {
  const mails = [
    { to: 'ops@corp.example.com; pki@corp.example.com', cc: '' },
    { to: 'ops@corp.example.com', cc: 'audit@example.org,' },
    { to: '', cc: 'Operations' },
  ];
  expect(caRecipientsOf(mails)).toEqual(['ops@corp.example.com', 'pki@corp.example.com', 'audit@example.org']);
});

test('they are read from the exit module', async () => {
  const configuration = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration';
  const modules = `${configuration}\\Example CA\\ExitModules`;
  const smtp = `${modules}\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP`;
  const runner = new ScriptedCommands((words) => {
    if (words.includes('/v Active'))
      return { stdout: `\r\n${configuration}\r\n    Active    REG_SZ    Example CA\r\n` };
    if (words.includes('ExitModules /s')) {
      return { stdout: `\r\n${modules}\r\n\r\n${smtp}\\CRLIssued\r\n    To    REG_SZ    pki@corp.example.com\r\n` };
    }
    return { exitCode: 1 };
  });
  expect(await readCaRecipients({ platform: 'win32', systemRoot: null, runner })).toEqual(['pki@corp.example.com']);
});

test('none where there is no certification authority, no right to look, or no Windows', async () => {
  const refusing = new ScriptedCommands(() => problem('notPossible', 'It could not be run.'));
  expect(await readCaRecipients({ platform: 'win32', systemRoot: null, runner: refusing })).toEqual([]);
  const absent = new ScriptedCommands(() => ({ exitCode: 1060 }));
  expect(await readCaRecipients({ platform: 'win32', systemRoot: null, runner: absent })).toEqual([]);
  const elsewhere = new ScriptedCommands();
  expect(await readCaRecipients({ platform: 'linux', systemRoot: null, runner: elsewhere })).toEqual([]);
  expect(elsewhere.ran).toEqual([]);
});
