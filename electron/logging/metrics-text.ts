/** The text format 0.0.4 of Prometheus, for the textfile collector of a node exporter. Pure. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { ServerMetrics } from './types.ts';

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  /** Null: this server has nothing to tell about it. */
  readonly samples: (server: ServerMetrics, nowMs: EpochMs) => readonly Sample[];
}

const one =
  (value: (server: ServerMetrics, nowMs: EpochMs) => number | null): Metric['samples'] =>
  (server, nowMs) => {
    const found = value(server, nowMs);
    return found === null ? [] : [[{}, found]];
  };

const metrics: readonly Metric[] = [
  {
    name: 'smtp_relay_server_info',
    type: 'gauge',
    help: 'Name and state of the virtual server.',
    samples: ({ name, state }) => [[{ name, state }, 1]],
  },
  {
    name: 'smtp_relay_queue_messages',
    type: 'gauge',
    help: 'Queued messages by state.',
    samples: ({ queue }) => Object.entries(queue).map(([state, count]) => [{ state }, count] as const),
  },
  {
    name: 'smtp_relay_oldest_message_age_seconds',
    type: 'gauge',
    help: 'Age of the oldest queued message; 0 when there is none.',
    samples: one(({ oldestReceivedAtMs }, nowMs) =>
      oldestReceivedAtMs === null ? 0 : Math.max(0, Math.round((nowMs - oldestReceivedAtMs) / 1_000)),
    ),
  },
  {
    name: 'smtp_relay_badmail_messages',
    type: 'gauge',
    help: 'Messages that could be neither delivered nor returned.',
    samples: one(({ badmail }) => badmail),
  },
  {
    name: 'smtp_relay_sessions',
    type: 'gauge',
    help: 'Open connections by direction.',
    samples: ({ inboundSessions, outboundSessions }) => [
      [{ direction: 'inbound' }, inboundSessions],
      [{ direction: 'outbound' }, outboundSessions],
    ],
  },
  {
    name: 'smtp_relay_accepted_total',
    type: 'counter',
    help: 'Messages taken in since the relay started.',
    samples: one(({ accepted }) => accepted),
  },
  {
    name: 'smtp_relay_refused_total',
    type: 'counter',
    help: 'Connections and recipients turned away since the relay started.',
    samples: one(({ refused }) => refused),
  },
  {
    name: 'smtp_relay_delivered_total',
    type: 'counter',
    help: 'Messages delivered to all recipients since the relay started.',
    samples: one(({ delivered }) => delivered),
  },
  {
    name: 'smtp_relay_failed_total',
    type: 'counter',
    help: 'Messages that failed for good since the relay started.',
    samples: one(({ failed }) => failed),
  },
  {
    name: 'smtp_relay_listeners',
    type: 'gauge',
    help: 'Listeners that should be open.',
    samples: one(({ listeners }) => listeners),
  },
  {
    name: 'smtp_relay_listeners_bound',
    type: 'gauge',
    help: 'Listeners that are open.',
    samples: one(({ listenersBound }) => listenersBound),
  },
  {
    name: 'smtp_relay_unreachable_destinations',
    type: 'gauge',
    help: 'Next hops that cannot be reached at the moment.',
    samples: one(({ unreachableDestinations }) => unreachableDestinations),
  },
  {
    name: 'smtp_relay_certificate_expiry_timestamp_seconds',
    type: 'gauge',
    help: 'When the certificate for incoming connections expires.',
    samples: one(({ certificateExpiresAtMs }) =>
      certificateExpiresAtMs === null ? null : Math.floor(certificateExpiresAtMs / 1_000),
    ),
  },
];

/** @param up  False in the last file before the relay ends. */
export function metricsText(servers: readonly ServerMetrics[], version: string, nowMs: EpochMs, up: boolean): string {
  const lines = [
    ...head('smtp_relay_up', 'gauge', 'Whether the relay runs.'),
    sampleLine('smtp_relay_up', {}, up ? 1 : 0),
    ...head('smtp_relay_build_info', 'gauge', 'Version of the relay.'),
    sampleLine('smtp_relay_build_info', { version }, 1),
  ];
  for (const { name, type, help, samples } of metrics) {
    const own = servers.flatMap((server) =>
      samples(server, nowMs).map(([labels, value]) => sampleLine(name, { server: server.serverId, ...labels }, value)),
    );
    if (own.length > 0) lines.push(...head(name, type, help), ...own);
  }
  return `${lines.join('\n')}\n`;
}

const head = (name: string, type: Metric['type'], help: string): readonly string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

function sampleLine(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}

const escapeLabel = (text: string): string =>
  text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n')
    .replace(/\p{Cc}/gu, ' ');
