import { expect, test } from 'vitest';
import { createSystemdService } from '../../../electron/packaging/systemd-service.ts';
import { ScriptedCommands } from '../../fakes/scripted-commands.ts';

const installation = { program: '/opt/SMTP Relay Manager/smtp-relay-manager', dataFolder: null, firewallPorts: [] };

const show = (values: Readonly<Record<string, string>>): string =>
  Object.entries({ MainPID: '0', ExecMainStatus: '0', ...values })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

test.each([
  [{ LoadState: 'not-found', UnitFileState: '', ActiveState: 'inactive' }, { state: 'notInstalled' }],
  [{ LoadState: 'loaded', UnitFileState: 'disabled', ActiveState: 'inactive' }, { state: 'notInstalled' }],
  [
    { LoadState: 'loaded', UnitFileState: 'enabled', ActiveState: 'inactive' },
    { state: 'stopped', processId: null },
  ],
  [
    { LoadState: 'loaded', UnitFileState: 'enabled', ActiveState: 'active', MainPID: '77' },
    { state: 'running', processId: 77 },
  ],
  [
    { LoadState: 'loaded', UnitFileState: 'enabled', ActiveState: 'failed', ExecMainStatus: '1' },
    { state: 'stopped', exitCode: 1 },
  ],
])('systemd saying %j means %j', async (values, status) => {
  const control = createSystemdService({ runner: new ScriptedCommands(() => ({ stdout: show(values) })) });
  expect(await control.status()).toMatchObject(status);
});

test('an installation enables the unit of the package', async () => {
  const commands = new ScriptedCommands((words) =>
    words.includes('show') ? { stdout: show({ LoadState: 'loaded' }) } : undefined,
  );
  await createSystemdService({ runner: commands }).install(installation);
  expect(commands.words.at(-1)).toBe('systemctl enable smtp-relay.service');
});

test('without the package there is no unit to enable', async () => {
  const commands = new ScriptedCommands(() => ({ stdout: show({ LoadState: 'not-found' }) }));
  await expect(createSystemdService({ runner: commands }).install(installation)).rejects.toThrow(/\.deb package/);
});

test('what the unit fixes is not taken and forgotten', async () => {
  const control = createSystemdService({ runner: new ScriptedCommands() });
  await expect(control.install({ ...installation, dataFolder: '/srv/mail' })).rejects.toThrow(/\/var\/lib\/smtp-relay/);
  await expect(control.install({ ...installation, firewallPorts: [25] })).rejects.toThrow(/firewall/);
});

test('a refusal of systemd is told in its own words', async () => {
  const control = createSystemdService({
    runner: new ScriptedCommands(() => ({ exitCode: 4, stderr: 'Interactive authentication required.\n' })),
  });
  await expect(control.start()).rejects.toThrow('systemctl start smtp-relay.service ended with 4: Interactive auth');
});
