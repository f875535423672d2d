/** One virtual server of the relay in memory: its queue, sessions, Badmail, protocol log and what it says about itself. */
import type { AnswerOf } from '../../shared/contract/calls.ts';
import type {
  BadmailDetails,
  BulkOutcome,
  DestinationRow,
  QueueRow,
  ServerId,
} from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import type {
  Listener,
  LoadSample,
  ProtocolLogLine,
  ServerStatus,
  Session,
  Warning,
} from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import { sampleDay } from './fake-load.ts';
import { createFakeQueue, type FakeQueue } from './fake-queue.ts';

export interface FakeServerOptions {
  readonly id: ServerId;
  readonly rows: number;
  readonly now: () => number;
  readonly settings: () => ServerSettings;
  /** A listener that is not bound, a destination that is down, a certificate about to expire, messages in Badmail. */
  readonly troubled: boolean;
}

export interface FakeServer {
  readonly queue: FakeQueue;
  readonly status: () => ServerStatus;
  readonly warnings: () => Warning[];
  readonly sessions: () => Session[];
  /** Null: all. @returns how many there were. */
  readonly terminate: (ids: readonly string[] | null) => number;
  readonly badmail: () => readonly BadmailDetails[];
  readonly findBadmail: (name: string) => BadmailDetails;
  readonly takeBadmail: (names: readonly string[], take: (details: BadmailDetails) => void) => BulkOutcome;
  readonly destinations: () => DestinationRow[];
  readonly log: (query: {
    readonly after: number;
    readonly limit: number;
    readonly search?: string | undefined;
  }) => AnswerOf<'log.tail'>;
  /** A day by the minute. */
  readonly load: () => LoadSample[];
  /** One more line in the protocol log. @returns its number */
  readonly writeLog: (line: Partial<ProtocolLogLine>) => number;
}

const dataFolder = 'C:\\ProgramData\\SmtpRelay';
const dayMs = 86_400_000;
const downHost = 'mail.example.org';
const downReason = 'connect ECONNREFUSED 192.0.2.25:25';

export function createFakeServer({ id, rows, now, settings, troubled }: FakeServerOptions): FakeServer {
  const queue = createFakeQueue(rows, now);
  const lines: ProtocolLogLine[] = [];
  let terminated: ReadonlySet<string> = new Set();
  let badmail: readonly BadmailDetails[] = troubled ? [badmailDetails(now())] : [];

  const writeLog = (line: Partial<ProtocolLogLine>): number => {
    const sequence = lines.length + 1;
    lines.push({ ...sampleLine(sequence, now()), ...line, sequence });
    return sequence;
  };
  for (const line of sampleSession) writeLog(line);

  const sessions = (): Session[] =>
    settings()['general.state'] === 'stopped' ? [] : sampleSessions(now()).filter((one) => !terminated.has(one.id));
  const count = (direction: Session['direction']): number =>
    sessions().filter((session) => session.direction === direction).length;

  const listeners = (): Listener[] => {
    const started = settings()['general.state'] !== 'stopped';
    const listener = (implicitTls: boolean) => (endpoint: string, index: number) => {
      const blocked = troubled && started && index === 1;
      return {
        endpoint,
        implicitTls,
        boundTo: started && !blocked ? endpoint : null,
        problem: blocked ? addressInUse(endpoint) : null,
      };
    };
    return [
      ...settings()['general.listen'].map(listener(false)),
      ...settings()['general.listenTls'].map(listener(true)),
    ];
  };

  const status = (): ServerStatus => {
    const values = settings();
    const mailroot = values['general.mailroot'] || `${dataFolder}\\mailroot\\${id}`;
    const file = values['access.certificateFile'] || (troubled ? `${dataFolder}\\relay.pfx` : '');
    return {
      id,
      name: values['general.name'],
      state: values['general.state'],
      listeners: listeners(),
      queue: { ...queue.counts(), badmail: badmail.length },
      inboundSessions: count('inbound'),
      outboundSessions: count('outbound'),
      totals: { accepted: 12_345, delivered: 12_001, failed: 3, refused: 7 },
      unreachable: troubled
        ? [{ nextHop: downHost, sinceMs: now() - 3_600_000, lastError: downReason, nextProbeAtMs: now() + 45_000 }]
        : [],
      certificate:
        file === ''
          ? null
          : { file, subject: 'CN=ca01.example.org', expiresAtMs: now() + (troubled ? 5 : 200) * dayMs, problem: null },
      mailroot,
      queueFolder: `${mailroot}\\Queue`,
      badmailFolder: values['messages.badmailFolder'] || `${mailroot}\\Badmail`,
      pickupFolder: values['messages.pickupFolder'] || `${mailroot}\\Pickup`,
      dropFolder: values['domains.dropFolder'] || `${mailroot}\\Drop`,
      logFolder: `${values['logging.folder'] || `${dataFolder}\\logs`}\\SMTPSVC${id}`,
    };
  };

  const warnings = (): Warning[] => {
    const { listeners: all, unreachable, certificate, queue: counts, badmailFolder } = status();
    const warn = (code: Warning['code'], message: string, parameters: Warning['parameters']): Warning => ({
      code,
      serverId: id,
      message,
      parameters,
    });
    const oldestS = settings()['alerts.oldestMessage'];
    const { oldestWaitingAtMs } = counts;
    const isOld = oldestS !== null && oldestWaitingAtMs !== null && now() - oldestWaitingAtMs > oldestS * 1_000;
    const since = new Date(oldestWaitingAtMs ?? 0).toISOString();
    return [
      ...all.flatMap((listener) =>
        listener.problem === null
          ? []
          : [warn('listenerNotBound', listener.problem.message, { endpoint: listener.endpoint })],
      ),
      ...unreachable.map(({ nextHop, lastError }) =>
        warn('destinationUnreachable', `${nextHop} cannot be reached: ${lastError}`, { nextHop, lastError }),
      ),
      ...(isOld ? [warn('oldestMessage', `The oldest message in the queue waits since ${since}.`, { since })] : []),
      ...(counts.badmail === 0
        ? []
        : [
            warn('badmail', `${counts.badmail} messages could be neither delivered nor returned: ${badmailFolder}.`, {
              count: counts.badmail,
              folder: badmailFolder,
            }),
          ]),
      ...(certificate?.expiresAtMs != null && certificate.expiresAtMs < now() + 30 * dayMs
        ? [
            warn('certificateExpiring', `The certificate in ${certificate.file} expires soon.`, {
              file: certificate.file,
              expires: new Date(certificate.expiresAtMs).toISOString(),
            }),
          ]
        : []),
    ];
  };

  return {
    queue,
    status,
    warnings,
    sessions,
    terminate: (ids) => {
      const gone = sessions().filter((session) => ids?.includes(session.id) !== false);
      terminated = new Set([...terminated, ...gone.map((session) => session.id)]);
      return gone.length;
    },
    badmail: () => badmail,
    findBadmail: (name) => {
      const found = badmail.find(({ row }) => row.name === name);
      if (found === undefined) throw problem('notFound', `${name} is not in the Badmail folder any more.`);
      return found;
    },
    takeBadmail: (names, take) => {
      const taken = badmail.filter(({ row }) => names.includes(row.name));
      badmail = badmail.filter((details) => !taken.includes(details));
      for (const details of taken) take(details);
      const missing = names.length - taken.length;
      return { changed: taken.length, skipped: missing === 0 ? [] : [{ reason: 'notFound', count: missing }] };
    },
    destinations: () => {
      const nextHops = new Set(queue.rows().map(({ nextHop }) => nextHop));
      return [...nextHops]
        .map((nextHop) =>
          destinationRow(
            nextHop,
            queue.rows().filter((row) => row.nextHop === nextHop),
            {
              frozen: settings()['delivery.frozen'].includes(nextHop),
              downSinceMs: troubled && nextHop.startsWith(downHost) ? now() - 3_600_000 : null,
            },
          ),
        )
        .sort((a, b) => b.counts.total - a.counts.total);
    },
    log: ({ after, limit, search = '' }) => ({
      sequence: lines.length,
      lines: lines
        .slice(after)
        .filter((line) => JSON.stringify(line).toLowerCase().includes(search.toLowerCase()))
        .slice(-limit),
    }),
    load: () => sampleDay(now(), queue.counts(), troubled),
    writeLog,
  };
}

const addressInUse = (endpoint: string) => ({
  code: 'addressInUse' as const,
  message: `${endpoint} is in use by another program. Stop that program or choose another port in Properties > General.`,
  parameters: { endpoint },
});

function destinationRow(
  nextHop: string,
  rows: readonly QueueRow[],
  { frozen, downSinceMs }: { readonly frozen: boolean; readonly downSinceMs: number | null },
): DestinationRow {
  const count = (state: QueueRow['state']): number => rows.filter((row) => row.state === state).length;
  const counts = {
    total: rows.length,
    ready: count('ready'),
    sending: count('sending'),
    retry: count('retry'),
    held: count('held'),
    failed: count('failed'),
  };
  const working = counts.sending > 0 ? 'active' : counts.ready > 0 ? 'ready' : 'retry';
  return {
    nextHop,
    state: frozen ? 'frozen' : downSinceMs === null ? working : 'down',
    counts,
    sizeBytes: rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    oldestReceivedAtMs: rows[0]?.receivedAtMs ?? null,
    lastError: rows.findLast(({ lastError }) => lastError !== null)?.lastError ?? null,
    nextAttemptAtMs: rows.find(({ nextAttemptAtMs }) => nextAttemptAtMs !== null)?.nextAttemptAtMs ?? null,
    downSinceMs,
    connections: counts.sending,
  };
}

const sampleSessions = (nowMs: number): Session[] => [
  {
    id: 'in-1',
    direction: 'inbound',
    user: 'CA01',
    peer: '127.0.0.1',
    startedAtMs: nowMs - 12_000,
    phase: 'DATA',
    messages: 4,
    encrypted: false,
  },
  {
    id: 'in-2',
    direction: 'inbound',
    user: 'printer-3rd-floor.example.org',
    peer: '2001:db8::17',
    startedAtMs: nowMs - 4_000_000,
    phase: 'idle',
    messages: 0,
    encrypted: true,
  },
  {
    id: 'out-1',
    direction: 'outbound',
    user: 'mail.example.org',
    peer: '192.0.2.25',
    startedAtMs: nowMs - 2_000,
    phase: 'RCPT',
    messages: 1,
    encrypted: true,
  },
];

const sampleLine = (sequence: number, nowMs: number): ProtocolLogLine => ({
  sequence,
  atMs: nowMs,
  direction: 'inbound',
  sessionId: 'in-1',
  peer: '127.0.0.1',
  user: 'CA01',
  method: 'NOOP',
  query: '',
  status: 250,
  timeTakenMs: 0,
});

const sampleSession: readonly Partial<ProtocolLogLine>[] = [
  { method: 'EHLO', query: '+CA01' },
  { method: 'MAIL', query: '+FROM:<ca@ca01.example.org>' },
  { method: 'RCPT', query: '+TO:<pki-team@example.org>' },
  { method: 'DATA', query: '+<4711@ca01.example.org>', timeTakenMs: 12 },
  { direction: 'outboundCommand', sessionId: 'out-1', peer: '192.0.2.25', user: 'mail.example.org', method: 'EHLO' },
  { method: 'RCPT', query: '+TO:<anybody@elsewhere.example>', status: 550 },
  { method: 'QUIT', status: 221 },
];

const badmailDetails = (nowMs: number): BadmailDetails => ({
  row: {
    name: '01KAT5Q2VFM8ZT4E000000BAD0',
    sender: '',
    recipient: 'nobody@example.org',
    recipientCount: 1,
    subject: 'Delivery Status Notification (Failure)',
    sizeBytes: 4_210,
    movedAtMs: nowMs - 7_200_000,
    reason: 'The report about an earlier message could not be delivered.',
  },
  note: 'The report about an earlier message could not be delivered.\r\n\r\nnobody@example.org: 550 5.1.1 No such user\r\n',
  recipients: ['nobody@example.org'],
  headers: [
    { name: 'From', value: 'postmaster@ca01.example.org' },
    { name: 'To', value: 'nobody@example.org' },
    { name: 'Subject', value: 'Delivery Status Notification (Failure)' },
  ],
  text: 'This is an automatically generated Delivery Status Notification.\r\n',
  textTruncated: false,
  attachments: [],
});
