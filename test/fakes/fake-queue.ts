/** A queue made of numbers: any count of plausible rows, listed, filtered, sorted and acted upon in memory. */
import type {
  BulkOutcome,
  MessageDetails,
  QueueFilter,
  QueueRow,
  QueueSortKey,
  QueueTarget,
} from '../../shared/contract/messages.ts';
import { queueStates } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { QueueCounts } from '../../shared/contract/servers.ts';

const senders = ['ca@ca01.example.org', 'pki-alerts@example.org', ''];
const recipients = ['pki-team@example.org', 'helpdesk@example.com', 'anna.müller@beispiel.example', 'ops@example.net'];
const subjects = [
  'Certificate issued: WebServer for www.example.org',
  'Zertifikatanforderung wartet auf Genehmigung: Benutzer EXAMPLE\\anna',
  'CRL published: Example Issuing CA 1',
  'Certificate request denied: The request subject name is invalid or too long. 0x80094001',
];
const errors = [
  null,
  'connect: mail.example.org [192.0.2.25]:25 did not answer: connect ECONNREFUSED 192.0.2.25:25',
  '451 4.7.1 Greylisting in action, please come back later (see https://postmaster.example.net/greylisting.html?ref=7d1a3c0f2b)',
  '452 4.2.2 Das Postfach des Empfängers ist voll. Bitte wenden Sie sich an die Empfängerin oder an den Verwalter des Postfachsystems und versuchen Sie es danach noch einmal.',
];

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const idOf = (number: number): string => {
  let rest = number;
  let digits = '';
  for (let place = 0; place < 10; place += 1) {
    digits = `${crockford[rest % 32]}${digits}`;
    rest = Math.floor(rest / 32);
  }
  return `01KAT5Q2VFM8ZT4E${digits}`;
};

const pick = <Item>(items: readonly Item[], number: number): Item => items[number % items.length] as Item;

const rowOf = (number: number, nowMs: number): QueueRow => {
  const state = number % 17 === 0 ? 'held' : number % 43 === 0 ? 'failed' : number % 7 === 0 ? 'retry' : 'ready';
  const attempts = state === 'ready' ? 0 : 1 + (number % 5);
  return {
    id: idOf(number),
    state,
    sender: pick(senders, number),
    recipient: pick(recipients, number),
    recipientCount: number % 9 === 0 ? 12 : 1,
    subject: `${pick(subjects, number)} (${number})`,
    sizeBytes: 900 + ((number * 7919) % 40_000),
    receivedAtMs: nowMs - 3_600_000 * 62 + number * 10,
    attempts,
    lastError: attempts === 0 ? null : pick(errors.slice(1), number),
    nextAttemptAtMs: state === 'held' || state === 'failed' ? null : nowMs + 60_000 * (number % 60),
    nextHop: number % 3 === 0 ? 'mail.example.org, mail2.example.org' : 'example.net',
  };
};

export interface FakeQueue {
  readonly counts: () => QueueCounts;
  readonly list: (query: {
    readonly filter: QueueFilter;
    readonly sort: { readonly by: QueueSortKey; readonly descending: boolean };
    readonly offset: number;
    readonly limit: number;
  }) => {
    revision: number;
    total: number;
    queueTotal: number;
    recovering: boolean;
    rows: QueueRow[];
  };
  readonly show: (id: string) => MessageDetails;
  /** Replaces every targeted row by what `change` makes of it; null removes it. */
  readonly act: (target: QueueTarget, change: (row: QueueRow) => QueueRow | null) => BulkOutcome;
  readonly revision: () => number;
}

export function createFakeQueue(count: number, now: () => number): FakeQueue {
  let rows = Array.from({ length: count }, (_, number) => rowOf(number, now()));
  let revision = 1;
  let sorted: { readonly key: string; readonly rows: readonly QueueRow[] } | null = null;

  const matching = (filter: QueueFilter): QueueRow[] => {
    const words = (filter.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter((row) => {
      if (filter.states !== undefined && !filter.states.includes(row.state)) return false;
      const text =
        `${row.sender} ${row.recipient} ${row.subject} ${row.nextHop} ${row.lastError} ${row.id}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  };
  const find = (id: string): QueueRow => {
    const row = rows.find((candidate) => candidate.id === id);
    if (row === undefined) throw problem('notFound', `There is no message ${id} in the queue.`);
    return row;
  };
  return {
    revision: () => revision,
    counts: () => {
      const count = (state: string): number => rows.filter((row) => row.state === state).length;
      return {
        total: rows.length,
        ready: count('ready'),
        sending: count('sending'),
        retry: count('retry'),
        held: count('held'),
        failed: count('failed'),
        badmail: 0,
        oldestReceivedAtMs: rows[0]?.receivedAtMs ?? null,
      };
    },
    list: ({ filter, sort, offset, limit }) => {
      const key = JSON.stringify([revision, filter, sort]);
      if (sorted?.key !== key) {
        const direction = sort.descending ? -1 : 1;
        sorted = { key, rows: matching(filter).toSorted((a, b) => direction * compare(a[sort.by], b[sort.by])) };
      }
      return {
        revision,
        total: sorted.rows.length,
        queueTotal: rows.length,
        recovering: false,
        rows: sorted.rows.slice(offset, offset + limit),
      };
    },
    show: (id) => detailsOf(find(id)),
    act: (target, change) => {
      const chosen = new Set(
        'ids' in target
          ? target.ids
          : matching(target.filter)
              .map(({ id }) => id)
              .filter((id) => target.except?.includes(id) !== true),
      );
      let changed = 0;
      rows = rows.flatMap((row) => {
        if (!chosen.delete(row.id)) return [row];
        changed += 1;
        return change(row) ?? [];
      });
      revision += 1;
      return { changed, skipped: chosen.size === 0 ? [] : [{ reason: 'notFound', count: chosen.size }] };
    },
  };
}

const stateOrder = new Map<unknown, number>(queueStates.map((state, index) => [state, index]));

const compare = (a: unknown, b: unknown): number => {
  const [left, right] = [stateOrder.get(a) ?? a ?? '', stateOrder.get(b) ?? b ?? ''];
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left) < String(right) ? -1 : Number(String(left) > String(right));
};

const detailsOf = (row: QueueRow): MessageDetails => ({
  row,
  envelope: {
    sender: row.sender,
    clientAddress: '127.0.0.1',
    heloName: 'CA01',
    protocol: 'ESMTP',
    body: '8BITMIME',
    smtpUtf8: false,
    dsn: {},
  },
  recipients: Array.from({ length: row.recipientCount }, (_, index) => ({
    address: index === 0 ? row.recipient : `person${index}@example.org`,
    state: index === 2 ? ('delivered' as const) : ('pending' as const),
    attempts: row.attempts,
    nextAttemptAtMs: row.nextAttemptAtMs,
    nextHop: row.nextHop,
    lastFailure:
      row.lastError === null ? null : { permanent: false, stage: 'rcpt' as const, code: 451, text: row.lastError },
    deliveredAtMs: index === 2 ? row.receivedAtMs + 5_000 : null,
  })),
  attempts: Array.from({ length: row.attempts }, (_, index) => ({
    startedAtMs: row.receivedAtMs + index * 60_000,
    endedAtMs: row.receivedAtMs + index * 60_000 + 850,
    nextHop: row.nextHop,
    host: index === 0 ? null : 'mail.example.org [192.0.2.25]:25',
    outcomes: [{ recipient: row.recipient, result: 'retry' as const, reply: row.lastError ?? '' }],
  })),
  headers: [
    { name: 'From', value: row.sender },
    { name: 'To', value: row.recipient },
    { name: 'Subject', value: row.subject },
    { name: 'Date', value: new Date(row.receivedAtMs).toUTCString() },
  ],
  text: `Request ID: 4711\r\nRequester: EXAMPLE\\anna\r\n\r\n${row.subject}\r\n`,
  textTruncated: false,
  attachments:
    row.recipientCount > 1 ? [{ name: 'request.cer', contentType: 'application/pkix-cert', sizeBytes: 2_048 }] : [],
});
