/** Every call of the contract answered from memory: a relay for looking at the console and for measuring it. */
import type { Handlers } from '../../shared/contract/calls.ts';
import type { EventName, EventOf } from '../../shared/contract/events.ts';
import type { QueueRow } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { ServerStatus, Session, Warning } from '../../shared/contract/servers.ts';
import {
  defaultServerSettings,
  isSettingKey,
  type ServerSettings,
  serverSettingsSchema,
} from '../../shared/settings/server-settings.ts';
import { createFakeQueue } from './fake-queue.ts';

export interface FakeRelay {
  readonly handlers: Handlers;
  /** One message is delivered, another one arrives at its retry: what a live queue does. */
  readonly tick: () => void;
}

export interface FakeRelayOptions {
  readonly rows: number;
  readonly emit: <Name extends EventName>(name: Name, event: EventOf<Name>) => void;
  readonly now: () => number;
  readonly troubled?: boolean;
}

export function createFakeRelay({ rows, emit, now, troubled = false }: FakeRelayOptions): FakeRelay {
  const startedAtMs = now() - 3_600_000 * 27;
  const queue = createFakeQueue(rows, now);
  let settings: ServerSettings = {
    ...defaultServerSettings,
    'delivery.smartHosts': ['mail.example.org', 'mail2.example.org:587'],
  };
  let revision = 3;

  const snapshot = () => ({ revision, values: { ...settings }, overridden: [] });
  const status = (): ServerStatus => {
    const started = settings['general.state'] !== 'stopped';
    return {
      id: '1',
      name: settings['general.name'],
      state: settings['general.state'],
      listeners: settings['general.listen'].map((endpoint, index) =>
        troubled && index === 1
          ? {
              endpoint,
              boundTo: null,
              problem: {
                code: 'addressInUse' as const,
                message: `${endpoint} is in use by another program. Stop that program or choose another port in Properties > General.`,
                parameters: { endpoint },
              },
            }
          : { endpoint, boundTo: started ? endpoint : null, problem: null },
      ),
      queue: queue.counts(),
      inboundSessions: 2,
      outboundSessions: 1,
      totals: { accepted: 12_345, delivered: 12_001, failed: 3, refused: 7 },
      unreachable: troubled
        ? [
            {
              nextHop: 'mail.example.org',
              sinceMs: now() - 3_600_000,
              lastError: 'connect ECONNREFUSED 192.0.2.25:25',
              nextProbeAtMs: now() + 45_000,
            },
          ]
        : [],
      queueFolder: 'C:\\ProgramData\\SmtpRelay\\mailroot\\1\\Queue',
      badmailFolder: 'C:\\ProgramData\\SmtpRelay\\mailroot\\1\\Badmail',
    };
  };
  const warnings = (): Warning[] =>
    troubled
      ? [
          {
            code: 'listenerNotBound',
            serverId: '1',
            message: '[::1]:25 is in use by another program.',
            parameters: { endpoint: '[::1]:25' },
          },
          {
            code: 'destinationUnreachable',
            serverId: '1',
            message: 'mail.example.org cannot be reached: connect ECONNREFUSED 192.0.2.25:25',
            parameters: { nextHop: 'mail.example.org', lastError: 'connect ECONNREFUSED 192.0.2.25:25' },
          },
        ]
      : [];
  const sessions = (): Session[] => [
    {
      id: 'in-1',
      direction: 'inbound',
      user: 'CA01',
      peer: '127.0.0.1',
      startedAtMs: now() - 12_000,
      phase: 'DATA',
      messages: 4,
      encrypted: false,
    },
    {
      id: 'in-2',
      direction: 'inbound',
      user: 'printer-3rd-floor.example.org',
      peer: '2001:db8::17',
      startedAtMs: now() - 4_000_000,
      phase: 'idle',
      messages: 0,
      encrypted: true,
    },
    {
      id: 'out-1',
      direction: 'outbound',
      user: 'mail.example.org',
      peer: '192.0.2.25',
      startedAtMs: now() - 2_000,
      phase: 'RCPT',
      messages: 1,
      encrypted: true,
    },
  ];
  const setState = async (state: ServerSettings['general.state']): Promise<ServerStatus> => {
    settings = { ...settings, 'general.state': state };
    revision += 1;
    emit('server.changed', { serverId: '1' });
    return status();
  };
  const queueChanged = (): void => emit('queue.changed', { serverId: '1', revision: queue.revision() });
  const acting =
    (change: (row: QueueRow) => QueueRow | null) =>
    async ({ target }: { readonly target: Parameters<typeof queue.act>[0] }) => {
      const outcome = queue.act(target, change);
      queueChanged();
      return outcome;
    };

  const handlers: Handlers = {
    'status.get': async () => ({
      version: '0.1.0',
      computerName: 'CA01',
      dataFolder: 'C:\\ProgramData\\SmtpRelay',
      hostedBy: 'service',
      processId: 4_711,
      startedAtMs,
      servers: [status()],
      warnings: warnings(),
    }),
    'server.start': () => setState('started'),
    'server.stop': () => setState('stopped'),
    'server.pause': () => setState('paused'),
    'settings.get': async () => snapshot(),
    'settings.save': async ({ revision: from, changes }) => {
      if (from !== revision) throw problem('conflict', 'The settings were changed by another console meanwhile.');
      for (const [key, value] of Object.entries(changes)) {
        if (!isSettingKey(key)) throw problem('unknownSetting', `There is no setting '${key}'.`, { field: key });
        const parsed = serverSettingsSchema.shape[key].safeParse(value);
        if (!parsed.success) {
          throw problem('invalidSetting', parsed.error.issues[0]?.message ?? 'The value does not fit.', { field: key });
        }
        settings = { ...settings, [key]: parsed.data };
      }
      revision += 1;
      emit('settings.changed', { serverId: '1', revision });
      emit('server.changed', { serverId: '1' });
      return snapshot();
    },
    'relay.check': async ({ clientAddress, mode, list }) => {
      if (!/^[0-9a-fA-F.:]+$/.test(clientAddress)) {
        throw problem('badArgument', `'${clientAddress}' is not an IP address.`, { field: 'clientAddress' });
      }
      const own = clientAddress === '::1' || clientAddress.startsWith('127.');
      const entry = own && list.includes('host') ? 'host' : (list.find((listed) => listed === clientAddress) ?? null);
      const listed = entry !== null;
      return {
        allowed: listed === (mode === 'onlyListed'),
        reason:
          entry === 'host' ? 'thisComputer' : !listed ? 'notListed' : mode === 'onlyListed' ? 'listed' : 'exceptListed',
        entry,
      };
    },
    'network.addresses': async () => [
      { address: '127.0.0.1', family: 'IPv4', adapter: 'Loopback' },
      { address: '::1', family: 'IPv6', adapter: 'Loopback' },
      { address: '192.0.2.10', family: 'IPv4', adapter: 'Ethernet' },
      { address: '2001:db8::10', family: 'IPv6', adapter: 'Ethernet' },
    ],
    'queue.list': async (query) => queue.list(query),
    'queue.show': async ({ id }) => queue.show(id),
    'queue.source': async ({ id, offsetBytes, limitBytes }) => {
      const { row, headers, text } = queue.show(id);
      const source =
        `${headers.map(({ name, value }) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${text ?? ''}`.padEnd(
          row.sizeBytes,
          '0123456789 abcdefghij\r\n',
        );
      return { totalBytes: source.length, text: source.slice(offsetBytes, offsetBytes + limitBytes) };
    },
    'queue.retry': acting((row) => ({ ...row, state: 'ready', nextAttemptAtMs: now() })),
    'queue.hold': acting((row) => ({ ...row, state: 'held', nextAttemptAtMs: null })),
    'queue.release': acting((row) => ({ ...row, state: 'ready', nextAttemptAtMs: now() })),
    'queue.delete': acting(() => null),
    'session.list': async () => sessions(),
    'mail.sendTest': async () => ({ id: '01KAT5Q2VFM8ZT4E0000000000' }),
  };
  return {
    handlers,
    tick: () => {
      const [first, second] = queue.list({
        filter: {},
        sort: { by: 'receivedAtMs', descending: false },
        offset: 0,
        limit: 2,
      }).rows;
      if (first !== undefined) queue.act({ ids: [first.id] }, () => null);
      if (second !== undefined)
        queue.act({ ids: [second.id] }, (row) => ({ ...row, state: 'sending', attempts: row.attempts + 1 }));
      queueChanged();
      emit('sessions.changed', { serverId: '1' });
    },
  };
}
