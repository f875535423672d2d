/** A queue made of numbers: any count of plausible rows, listed, filtered, sorted and acted upon in memory. */
import type { ArgumentOf } from '../../shared/contract/calls.ts';
import type {
  BulkOutcome,
  MessageDetails,
  QueueFilter,
  QueueRow,
  QueueSortKey,
  QueueTarget,
  TrashRow,
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

const keptForMs = 600_000;

export interface FakeQueue {
  readonly counts: () => Omit<QueueCounts, 'badmail'>;
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
  readonly rows: () => readonly QueueRow[];
  readonly show: (id: string) => MessageDetails;
  /** Replaces every targeted row that is not being sent by what `change` makes of it; the same row is left alone. */
  readonly act: (target: QueueTarget, change: (row: QueueRow) => QueueRow) => BulkOutcome;
  readonly remove: (target: QueueTarget) => BulkOutcome;
  readonly setRoute: (target: QueueTarget, smartHosts: readonly string[] | null) => BulkOutcome;
  /** The latest first. */
  readonly trash: () => readonly TrashRow[];
  readonly restore: (target: ArgumentOf<'trash.restore'>['target']) => BulkOutcome;
  readonly add: (row: Partial<QueueRow>) => QueueRow;
  /** The first messages leave, the next one is being sent. */
  readonly step: (count?: number) => void;
  readonly revision: () => number;
}

export function createFakeQueue(count: number, now: () => number): FakeQueue {
  let rows = Array.from({ length: count }, (_, number) => rowOf(number, now()));
  let revision = 1;
  let added = 0;
  let sorted: { readonly key: string; readonly rows: readonly QueueRow[] } | null = null;
  let deleted: readonly { readonly row: QueueRow; readonly atMs: number }[] = [];
  const routes = new Map<string, readonly string[]>();

  const matching = (filter: QueueFilter): QueueRow[] => rows.filter((row) => fits(row, filter));
  const find = (id: string): QueueRow => {
    const row = rows.find((candidate) => candidate.id === id);
    if (row === undefined) throw problem('notFound', `There is no message ${id} in the queue.`);
    return row;
  };
  /** @param change  Null: the row leaves the queue. */
  const replace = (target: QueueTarget, change: (row: QueueRow) => QueueRow | null): BulkOutcome => {
    const chosen = new Set(
      'ids' in target
        ? target.ids
        : matching(target.filter)
            .map(({ id }) => id)
            .filter((id) => target.except?.includes(id) !== true),
    );
    const skipped = { beingSent: 0, alreadySo: 0 };
    let changed = 0;
    rows = rows.flatMap((row) => {
      if (!chosen.delete(row.id)) return [row];
      const next = row.state === 'sending' ? row : change(row);
      if (next !== row) changed += 1;
      else skipped[row.state === 'sending' ? 'beingSent' : 'alreadySo'] += 1;
      return next ?? [];
    });
    revision += 1;
    const counts = [...Object.entries(skipped), ['notFound', chosen.size]] as [keyof typeof skipped, number][];
    return { changed, skipped: counts.flatMap(([reason, count]) => (count === 0 ? [] : [{ reason, count }])) };
  };
  const trash = () => {
    deleted = deleted.filter(({ atMs }) => atMs + keptForMs > now());
    return deleted;
  };

  return {
    revision: () => revision,
    rows: () => rows,
    counts: () => {
      const ofState = (state: string): number => rows.filter((row) => row.state === state).length;
      return {
        total: rows.length,
        ready: ofState('ready'),
        sending: ofState('sending'),
        retry: ofState('retry'),
        held: ofState('held'),
        failed: ofState('failed'),
        trash: trash().length,
        oldestReceivedAtMs: rows[0]?.receivedAtMs ?? null,
        oldestWaitingAtMs: rows.find(({ state }) => state !== 'held')?.receivedAtMs ?? null,
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
    show: (id) => detailsOf(find(id), routes.get(id) ?? null),
    act: replace,
    remove: (target) => {
      const gone: QueueRow[] = [];
      const outcome = replace(target, (row) => {
        gone.push(row);
        return null;
      });
      deleted = [...gone.map((row) => ({ row, atMs: now() })), ...trash()];
      return outcome;
    },
    setRoute: (target, smartHosts) =>
      replace(target, (row) => {
        if (smartHosts !== null) routes.set(row.id, smartHosts);
        else if (!routes.delete(row.id)) return row;
        return { ...row, nextHop: smartHosts?.join(', ') ?? usualNextHop(row) };
      }),
    trash: () => trash().map(trashRowOf),
    restore: (target) => {
      const wanted = new Set('ids' in target ? target.ids : trash().map(({ row }) => row.id));
      const back = trash().filter(({ row }) => wanted.delete(row.id));
      deleted = deleted.filter((item) => !back.includes(item));
      rows = [...rows, ...back.map(({ row }) => row)].toSorted((a, b) => compare(a.id, b.id));
      revision += 1;
      return { changed: back.length, skipped: wanted.size === 0 ? [] : [{ reason: 'notFound', count: wanted.size }] };
    },
    add: (change) => {
      added += 1;
      const row = { ...rowOf(1_000_000 + added, now()), state: 'ready' as const, receivedAtMs: now(), ...change };
      rows = [...rows, row];
      revision += 1;
      return row;
    },
    step: (count = 1) => {
      rows = rows.slice(count);
      const [next] = rows;
      if (next !== undefined) rows[0] = { ...next, state: 'sending', attempts: next.attempts + 1 };
      revision += count;
    },
  };
}

/** By DNS. */
const usualNextHop = ({ recipient }: QueueRow): string => recipient.slice(recipient.indexOf('@') + 1);

function fits(row: QueueRow, filter: QueueFilter): boolean {
  const has = (text: string | null, part: string | undefined): boolean =>
    part === undefined || (text ?? '').toLowerCase().includes(part.toLowerCase());
  const words = (filter.search ?? '').split(/\s+/).filter(Boolean);
  const text = `${row.sender} ${row.recipient} ${row.subject} ${row.nextHop} ${row.lastError ?? ''} ${row.id}`;
  return (
    words.every((word) => has(text, word)) &&
    filter.states?.includes(row.state) !== false &&
    has(row.sender, filter.sender) &&
    has(row.recipient, filter.recipient) &&
    has(row.subject, filter.subject) &&
    has(row.lastError, filter.lastError) &&
    (filter.nextHop === undefined || row.nextHop === filter.nextHop) &&
    row.receivedAtMs < (filter.receivedBeforeMs ?? Number.POSITIVE_INFINITY) &&
    row.receivedAtMs > (filter.receivedAfterMs ?? 0) &&
    row.sizeBytes > (filter.largerThanBytes ?? 0)
  );
}

const trashRowOf = ({ row, atMs }: { readonly row: QueueRow; readonly atMs: number }): TrashRow => ({
  id: row.id,
  sender: row.sender,
  recipient: row.recipient,
  recipientCount: row.recipientCount,
  subject: row.subject,
  sizeBytes: row.sizeBytes,
  receivedAtMs: row.receivedAtMs,
  deletedAtMs: atMs,
  keptUntilMs: atMs + keptForMs,
});

const stateOrder = new Map<unknown, number>(queueStates.map((state, index) => [state, index]));

const compare = (a: unknown, b: unknown): number => {
  const [left, right] = [stateOrder.get(a) ?? a ?? '', stateOrder.get(b) ?? b ?? ''];
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left) < String(right) ? -1 : Number(String(left) > String(right));
};

const detailsOf = (row: QueueRow, route: readonly string[] | null): MessageDetails => ({
  row,
  route: route === null ? null : [...route],
  envelope: {
    sender: row.sender,
    clientAddress: '127.0.0.1',
    heloName: 'CA01',
    protocol: 'ESMTP',
    body: '8BITMIME',
    smtpUtf8: false,
    dsn: {},
    authenticatedUser: row.sender === '' ? null : 'ca-mail',
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
