import { beforeEach, expect, test } from 'vitest';
import { type ServiceCommandsOptions, serviceCommands } from '../../../electron/cli/service-commands.ts';
import type { ServiceStatus } from '../../../electron/packaging/service-control.ts';
import { fakeCli } from '../../fakes/fake-cli.ts';

let steps: string[];
let status: ServiceStatus;
let elevated: number | null;

const options: ServiceCommandsOptions = {
  control: () => ({
    status: async () => status,
    install: async (installation) => void steps.push(`install ${JSON.stringify(installation)}`),
    remove: async () => void steps.push('remove'),
    start: async () => void steps.push('start'),
    stop: async () => void steps.push('stop'),
  }),
  program: () => 'C:\\relay.exe',
  runElevated: async (args) => {
    steps.push(`elevated ${args.join(' ')}`);
    return elevated;
  },
};

beforeEach(() => {
  steps = [];
  status = { state: 'running', processId: 812, exitCode: 0 };
  elevated = 0;
});

const run = (...args: readonly string[]) => fakeCli(serviceCommands(options), ['service', ...args]);

test('an installation is made and started', async () => {
  expect(await run('install', '--firewall-port', '25', '--firewall-port', '587')).toMatchObject({
    output: 'The service is installed and runs.\n',
  });
  expect(steps).toEqual([
    'install {"program":"C:\\\\relay.exe","dataFolder":"/nowhere/smtp-relay","firewallPorts":[25,587]}',
    'start',
  ]);
});

test('an installation is not started where nobody wants that', async () => {
  await run('install', '--no-start');
  expect(steps).toHaveLength(1);
});

test.each(['0', 'smtp', '65536'])('the firewall has no port %s', async (port) => {
  await expect(run('install', '--firewall-port', port)).rejects.toThrow('whole number from 1 to 65535');
  expect(steps).toEqual([]);
});

test.each(['start', 'stop', 'remove'])('%s does just that', async (verb) => {
  await run(verb);
  expect(steps).toEqual([verb]);
});

test.each([
  [{ state: 'running', processId: 812, exitCode: 0 }, 0, 'The service is running (process 812).\n'],
  [{ state: 'stopped', processId: null, exitCode: 0 }, 5, 'The service is stopped.\n'],
  [{ state: 'stopped', processId: null, exitCode: 1069 }, 5, 'The service is stopped (exit code 1069).\n'],
  [{ state: 'notInstalled', processId: null, exitCode: 0 }, 1, 'The relay is not a service of this computer.\n'],
] as const)('%j ends with status %i', async (given, exitStatus, output) => {
  status = given;
  expect(await run('status')).toEqual({ exitStatus, output });
});

test('the status is there for scripts', async () => {
  expect(JSON.parse((await run('status', '--json')).output)).toEqual(status);
});

test('with administrator rights the same command runs again', async () => {
  await run('install', '--firewall-port', '25', '--no-start', '--elevate');
  await run('stop', '--elevate');
  expect(steps).toEqual([
    'elevated --data /nowhere/smtp-relay service install --firewall-port 25 --no-start',
    'elevated --data /nowhere/smtp-relay service stop',
  ]);
});

test.each([
  [null, /did not get administrator rights/],
  [1, /ended with status 1/],
])('what the elevated command ended with (%s) is told', async (exitStatus, words) => {
  elevated = exitStatus;
  await expect(run('remove', '--elevate')).rejects.toThrow(words);
});
