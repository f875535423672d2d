/** The whole of it on this computer: a real relay, a real gateway, the system's own programs where they matter. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { nodeCommandRunner } from '../../../electron/base/command-runner.ts';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { createCheckHandlers } from '../../../electron/checks/check-handlers.ts';
import type { CheckOptions } from '../../../electron/checks/types.ts';
import { doctorCommand } from '../../../electron/cli/doctor-command.ts';
import { errorStatus } from '../../../electron/cli/exit-statuses.ts';
import { connectRelay } from '../../../electron/cli/relay-connection.ts';
import type { CheckReport } from '../../../shared/contract/computer/check-calls.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { fakeCli } from '../../fakes/fake-cli.ts';
import { freePort } from '../../fakes/free-port.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { ScriptedCommands } from '../../fakes/scripted-commands.ts';
import type { UpstreamOptions } from '../../fakes/upstream.ts';
import { RelayBed } from '../host/relay-bed.ts';

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const noServices = () => {
  throw problem('notPossible', 'There are no services here.');
};

async function relayWith(upstream: UpstreamOptions | null, settings = {}) {
  const bed = await RelayBed.make();
  endings.push(() => bed.clear());
  const port = await freePort();
  const smartHostPort = upstream === null ? await freePort() : (await bed.gateway(upstream)).port;
  const host = await bed.start({ port, smartHostPort, overrides: settings });
  const client = await connectRelay(bed.dataFolder);
  if (client === null) throw new Error('no relay');
  endings.push(async () => client.close());
  return { bed, host, port, client };
}

const checkWith = (options: Partial<CheckOptions> & Pick<CheckOptions, 'dataFolder'>, recipients: string[] = []) =>
  createCheckHandlers({
    platform: 'linux',
    systemRoot: null,
    ownProgram: '/opt/smtp-relay/smtp-relay',
    runner: new ScriptedCommands(() => ({ exitCode: 1 })),
    ports: nodePorts({ log: new MemoryLog() }),
    relay: async () => null,
    serviceControl: noServices,
    ...options,
  })['check.run']({ serverId: '1', recipients });

const ids = ({ findings }: CheckReport): readonly string[] => findings.map(({ id }) => id);

test('a relay with a gateway that answers: no problem, and nothing is sent', async () => {
  const { bed, client, host } = await relayWith({});
  const report = await checkWith({ dataFolder: bed.dataFolder, relay: async () => client }, ['ops@example.org']);
  expect(ids(report)).toEqual(
    expect.arrayContaining(['relayRuns', 'listenersBound', 'gatewayAnswers', 'domainResolved', 'diskRoom']),
  );
  expect(report.findings.filter(({ severity }) => severity === 'problem')).toEqual([]);
  expect(report.gateways).toMatchObject([{ recipient: 'ops@example.org', hosts: [{ reached: true }] }]);
  const { servers } = await host.handlers['status.get'](null);
  expect(servers[0]?.totals.accepted).toBe(0);
});

test('a stopped server and a gateway that is down are problems', async () => {
  const { bed, client, host } = await relayWith(null);
  await host.handlers['server.stop']({ serverId: '1' });
  const report = await checkWith({ dataFolder: bed.dataFolder, relay: async () => client });
  expect(report.findings.filter(({ severity }) => severity === 'problem').map(({ id }) => id)).toEqual([
    'serverNotStarted',
    'gatewayFails',
  ]);
});

test('remote domains of the settings are looked up when nobody is named', async () => {
  const { bed, client, host } = await relayWith({});
  const { revision } = await host.handlers['settings.get']({ serverId: '1' });
  await host.handlers['settings.save']({
    serverId: '1',
    revision,
    changes: {
      'domains.remote': [
        { name: '*.example.net', smartHosts: ['127.0.0.1:9'] },
        { name: 'corp.example.com', smartHosts: [`127.0.0.1:${await freePort()}`] },
      ],
    },
  });
  const report = await checkWith({ dataFolder: bed.dataFolder, relay: async () => client });
  expect(report.findings.find(({ id }) => id === 'domainResolved')?.parameters.domain).toBe('corp.example.com');
  expect(report.gateways.map(({ recipient }) => recipient)).toEqual([null, 'postmaster@corp.example.com']);
  expect(ids(report)).toEqual(expect.arrayContaining(['gatewayAnswers', 'gatewayFails']));
});

test.skipIf(process.platform !== 'linux')('the system itself says that the relay has its port', async () => {
  const { bed, client } = await relayWith({});
  const report = await checkWith({
    dataFolder: bed.dataFolder,
    relay: async () => client,
    runner: nodeCommandRunner,
  });
  expect(ids(report)).toContain('listenersBound');
  expect(ids(report)).not.toContain('socketsUnread');
});

test('another program at another address of the same port', async () => {
  const { bed, client, port } = await relayWith({});
  const runner = new ScriptedCommands((words) =>
    words.startsWith('ss')
      ? { stdout: `LISTEN 0 1 127.0.0.1:${port} 0.0.0.0:*\nLISTEN 0 1 127.0.0.2:${port} 0.0.0.0:*\n` }
      : { exitCode: 1 },
  );
  const report = await checkWith({ dataFolder: bed.dataFolder, relay: async () => client, runner });
  expect(ids(report)).toContain('portShared');
});

test('a virtual server that there is not is refused', async () => {
  const { bed, client } = await relayWith({});
  await client.call('status.get', null);
  const check = createCheckHandlers({
    platform: 'linux',
    systemRoot: null,
    ownProgram: '/opt/smtp-relay/smtp-relay',
    runner: new ScriptedCommands(),
    ports: nodePorts({ log: new MemoryLog() }),
    dataFolder: bed.dataFolder,
    relay: async () => client,
    serviceControl: noServices,
  });
  await expect(check['check.run']({ serverId: '9', recipients: [] })).rejects.toMatchObject({
    problem: { code: 'notFound' },
  });
});

test('one look that fails is a finding, and the others go on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  endings.push(() => rm(folder, { recursive: true }));
  const runner = new ScriptedCommands(() => problem('notPossible', 'It could not be run.'));
  const report = await checkWith({ dataFolder: folder, runner });
  expect(report.findings.find(({ id }) => id === 'checkFailed')).toMatchObject({
    topic: 'folder',
    severity: 'skipped',
    parameters: { reason: 'It could not be run.' },
  });
  expect(ids(report)).toContain('diskRoom');
});

test('smtp-relay doctor without a relay: told as such, what needs it is skipped, exit status of a problem', async () => {
  const doctor = doctorCommand({
    platform: 'linux',
    systemRoot: null,
    ownProgram: '/opt/smtp-relay/smtp-relay',
    runner: new ScriptedCommands(() => ({ exitCode: 1 })),
    serviceControl: noServices,
  });
  const text = await fakeCli(doctor, ['doctor']);
  expect(text.exitStatus).toBe(errorStatus);
  expect(text.output).toContain('Problem: Relay: No relay runs on /nowhere/smtp-relay.');
  expect(text.output).toContain('Not checked: Gateway: The gateway was not checked: no relay runs.');
  expect(text.output).not.toContain('{{');
  const { output } = await fakeCli(doctor, ['doctor', '--json']);
  const report: unknown = JSON.parse(output);
  expect(report).toMatchObject({
    findings: expect.arrayContaining([
      expect.objectContaining({
        id: 'relayAbsent',
        severity: 'problem',
        what: 'No relay runs on /nowhere/smtp-relay.',
      }),
    ]),
    gateways: [],
  });
});
