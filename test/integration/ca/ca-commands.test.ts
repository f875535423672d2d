import { Command } from 'commander';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { caCommands } from '../../../electron/cli/ca-commands.ts';
import type { Cli } from '../../../electron/cli/cli.ts';
import { type FakeCaOptions, FakeCertificationAuthority } from '../../fakes/fake-certification-authority.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { newDataFolder, removeFolder } from '../../fakes/test-host.ts';
import { startUpstream, type Upstream } from '../../fakes/upstream.ts';

let dataFolder: string;
let upstream: Upstream;
beforeEach(async () => {
  dataFolder = await newDataFolder();
  upstream = await startUpstream();
});
afterEach(async () => {
  await upstream.stop();
  await removeFolder(dataFolder);
});

/** The group of commands alone, on a made-up server; whoever takes mail stands in for the relay. */
async function ca(fake: FakeCertificationAuthority, ...args: readonly string[]) {
  const result = { exitStatus: 0, output: '' };
  const cli: Cli = {
    terminal: {
      out: (text) => {
        result.output += text;
      },
      outBytes: async () => {},
      complain: () => {},
      readSecret: async () => '',
      isWatched: false,
    },
    ports: { ...nodePorts({ log: new MemoryLog() }), eventLog: { write: () => {} } },
    dataFolder: () => dataFolder,
    serverId: () => '1',
    withRelay: () => Promise.reject(new Error('not asked for')),
    endWith: (exitStatus) => {
      result.exitStatus = exitStatus;
    },
  };
  const program = new Command('smtp-relay').exitOverride().configureOutput({ writeErr: () => {} });
  const system = { isWindows: true, systemRoot: null, runner: fake, elevated: async () => true };
  caCommands({ ...system, smtpPort: upstream.port })(program, cli);
  await program.parseAsync(['ca', ...args], { from: 'user' });
  return result;
}

const made = (options: FakeCaOptions = {}): FakeCertificationAuthority => new FakeCertificationAuthority(options);

test('status: settings, findings with why and what to do, exit status by the worst', async () => {
  const { output, exitStatus } = await ca(made({ caName: 'Musterger!00e4te CA' }), 'status');
  expect(output).toMatch(/Certification authority: {2}Mustergeräte CA\n/);
  expect(output).toContain('Events:                   0x21 issued, crlIssued');
  expect(output).toMatch(
    /Problem: The mail server is mailgw\.corp\.example\.com.*\n {2}While .*\n {2}Point the CA at 127\.0\.0\.1/,
  );
  expect(exitStatus).toBe(4);
  expect((await ca(made({ installed: false }), 'status')).exitStatus).toBe(1);
  const json = JSON.parse((await ca(made(), 'status', '--json')).output);
  expect(json.findings[0]).toMatchObject({ severity: 'problem', what: expect.any(String), action: expect.any(String) });
});

test('apply without --yes shows the plan only; with it the plan is carried out; rollback takes it back', async () => {
  const fake = made();
  const shown = await ca(fake, 'apply');
  expect(shown.output).toContain('certutil.exe -setreg exit\\smtp\\SMTPServer 127.0.0.1');
  expect(shown.output).toContain('  old value: mailgw.corp.example.com (REG_SZ)\n  new value: 127.0.0.1 (REG_SZ)');
  expect(shown.output).toContain('Add --yes');
  expect(shown.exitStatus).toBe(6);
  expect(fake.changes).toEqual([]);

  const done = await ca(fake, 'apply', '--yes', '--on', 'startup', '--mail-server', '127.0.0.1');
  expect(done).toMatchObject({ exitStatus: 0, output: expect.stringContaining('SMTPServer: done, read back') });
  expect(fake.value('', 'EventFilter')).toBe(0xa1);
  expect(upstream.messages).toHaveLength(1);

  expect((await ca(fake, 'rollback')).exitStatus).toBe(6);
  expect((await ca(fake, 'rollback', '--yes')).exitStatus).toBe(0);
  expect(fake.value('', 'SMTPServer')).toBe('mailgw.corp.example.com');
  expect(await ca(fake, 'rollback')).toEqual({ exitStatus: 1, output: 'There is no change to take back.\n' });
});

test('texts of a mail from the command line', async () => {
  const fake = made();
  const { exitStatus } = await ca(
    fake,
    ...['apply', '--yes', '--set', 'CRLIssued\\To=a@b.example', '--set', 'crlissued\\BodyFormat=One\\nTwo %1'],
    ...['--off', 'issued'],
  );
  expect(exitStatus).toBe(0);
  expect(fake.value('CRLIssued', 'To')).toBe('a@b.example');
  expect(fake.value('CRLIssued', 'BodyFormat')).toEqual(['One', 'Two %1']);
  expect(fake.value('', 'EventFilter')).toBe(0x20);
  await expect(ca(fake, 'plan', '--set', 'CRLIssued=x')).rejects.toThrow();
  await expect(ca(fake, 'plan', '--on', 'sunrise')).rejects.toThrow();
});

test('a failed change ends with a status, and says what Windows said', async () => {
  const { exitStatus, output } = await ca(made({ writable: false, language: 'de' }), 'apply', '--yes');
  expect(exitStatus).toBe(1);
  expect(output).toMatch(/SMTPServer: failed\. Windows denied access\..*0x80070005.*Zugriff verweigert/);
  expect(output).toContain('Stopped at the command that failed');
});

test('restart shows its commands first', async () => {
  const fake = made();
  const shown = await ca(fake, 'restart');
  expect(shown.output).toContain('sc.exe stop CertSvc\nsc.exe query CertSvc\nsc.exe start CertSvc\n');
  expect([shown.exitStatus, fake.changes]).toEqual([6, []]);
  expect(await ca(fake, 'restart', '--yes')).toMatchObject({
    exitStatus: 0,
    output: expect.stringMatching(/ran again after/),
  });
  expect(fake.changes).toEqual(['sc.exe stop CertSvc', 'sc.exe start CertSvc']);
});

test('test sends what the exit module would send', async () => {
  const { output, exitStatus } = await ca(made(), 'test', '--to', 'operations@corp.example.com');
  expect(output).toMatch(/127\.0\.0\.1:\d+ took the mail after \d+ ms: 250/);
  expect(exitStatus).toBe(0);
  expect(upstream.messages[0]).toMatchObject({ recipients: [{ address: 'operations@corp.example.com' }] });
  await upstream.stop();
  expect((await ca(made(), 'test')).exitStatus).toBe(1);
});
