import { expect, test } from 'vitest';
import { createServiceHandlers } from '../../../electron/computer/service-handlers.ts';
import type {
  ServiceControl,
  ServiceInstallation,
  ServiceRunState,
} from '../../../electron/packaging/service-control.ts';
import { problem } from '../../../shared/contract/problem.ts';

interface Place {
  readonly elevated?: boolean;
  readonly state?: ServiceRunState;
  readonly startFails?: boolean;
  readonly notInstalled?: 'checkout' | 'portable';
  readonly dataFolder?: string;
  readonly relayProcess?: number;
}

function createPlace({ elevated = true, startFails, notInstalled, ...place }: Place = {}) {
  const happened: (string | ServiceInstallation)[] = [];
  let state = place.state ?? 'notInstalled';
  const control: ServiceControl = {
    status: async () => ({ state, processId: state === 'running' ? 200 : null, exitCode: 0 }),
    install: async (installation) => {
      happened.push(installation);
      state = 'stopped';
    },
    remove: async () => {
      happened.push('remove');
      state = 'notInstalled';
    },
    start: async () => {
      happened.push('start');
      if (startFails === true) throw problem('notPossible', 'The service did not answer in time.');
      state = 'running';
    },
    stop: async () => {
      happened.push('stop');
      state = 'stopped';
    },
  };
  const handlers = createServiceHandlers({
    control: () => control,
    program: () => {
      if (notInstalled === undefined) return 'C:\\relay.exe';
      throw problem('notPossible', 'not an installed application', { parameters: { reason: notInstalled } });
    },
    dataFolder: place.dataFolder ?? 'C:\\ProgramData\\SmtpRelay',
    defaultDataFolder: 'C:\\ProgramData\\SmtpRelay',
    account: 'NT SERVICE\\SmtpRelay',
    promptPrefix: '',
    elevated: async () => elevated,
    ownProcess: 100,
    relayProcess: async () => place.relayProcess ?? null,
    ownRelay: {
      handOver: async (change) => {
        happened.push('relay stops');
        try {
          return await change();
        } finally {
          happened.push('relay opens');
        }
      },
    },
  });
  return { handlers, happened };
}

const installation = { program: 'C:\\relay.exe', dataFolder: null, firewallPorts: [] };

test('installing stops the relay of the window, makes and starts the service, and looks for a relay again', async () => {
  const { handlers, happened } = createPlace();
  expect(await handlers['service.install'](null)).toMatchObject({ state: 'running', account: 'NT SERVICE\\SmtpRelay' });
  expect(happened).toEqual(['relay stops', installation, 'start', 'relay opens']);
});

test('a service that does not start is taken out again before the window has its relay back', async () => {
  const { handlers, happened } = createPlace({ startFails: true });
  await expect(handlers['service.install'](null)).rejects.toThrow('did not answer in time');
  expect(happened).toEqual(['relay stops', installation, 'start', 'remove', 'relay opens']);
});

test('a service that was there before stays, even when it does not start', async () => {
  const { handlers, happened } = createPlace({ startFails: true, state: 'stopped' });
  await expect(handlers['service.install'](null)).rejects.toThrow('did not answer in time');
  expect(happened).not.toContain('remove');
});

test('removing hands the relay to the window', async () => {
  const { handlers, happened } = createPlace({ state: 'running' });
  expect(await handlers['service.remove'](null)).toMatchObject({ state: 'absent' });
  expect(happened).toEqual(['relay stops', 'remove', 'relay opens']);
});

test.each(['service.install', 'service.remove', 'service.start', 'service.stop'] as const)(
  '%s without administrator rights touches nothing',
  async (name) => {
    const { handlers, happened } = createPlace({ elevated: false, state: 'stopped' });
    await expect(handlers[name](null)).rejects.toMatchObject({
      problem: { code: 'notPossible', parameters: { reason: 'notElevated' } },
    });
    expect(happened).toEqual([]);
  },
);

test.each(['checkout', 'portable'] as const)('a %s can be no service, and says so', async (reason) => {
  const { handlers, happened } = createPlace({ notInstalled: reason });
  expect(await handlers['service.status'](null)).toMatchObject({ notPossible: reason, state: 'absent' });
  await expect(handlers['service.install'](null)).rejects.toMatchObject({ problem: { parameters: { reason } } });
  expect(happened).toEqual([]);
});

test('another data folder is named to the service and in the commands to copy', async () => {
  const { handlers, happened } = createPlace({ dataFolder: 'D:\\relay data' });
  const { commands } = await handlers['service.install'](null);
  expect(happened).toContainEqual({ ...installation, dataFolder: 'D:\\relay data' });
  expect(commands.install).toBe('smtp-relay --data "D:\\relay data" service install');
});

test.each([
  { whose: 'of the window itself', relayProcess: 100, state: 'notInstalled' },
  { whose: 'of the service', relayProcess: 200, state: 'running' },
] as const)('a relay $whose is handed over', async ({ relayProcess, state }) => {
  const { handlers, happened } = createPlace({ relayProcess, state });
  await handlers['service.install'](null);
  expect(happened).toContain('relay stops');
});

test('a relay of another program is named, and nothing is touched', async () => {
  const { handlers, happened } = createPlace({ relayProcess: 300 });
  await expect(handlers['service.install'](null)).rejects.toMatchObject({
    problem: { code: 'notPossible', parameters: { reason: 'otherRelay', processId: 300 } },
  });
  expect(happened).toEqual([]);
});
