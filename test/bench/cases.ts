/** What the benchmark measures. */
import { setTimeout as pause } from 'node:timers/promises';
import {
  type BenchLine,
  type BenchSetting,
  interleaved,
  lineOf,
  longQueue,
  untilArrived,
  upstreamDown,
  warmUp,
  withPeer,
} from './bench-setting.ts';
import type { Upstream } from './peer.ts';
import { cpuSecondsOf, nowMs, residentMebibytesOf } from './processes.ts';
import type { Load } from './programs.ts';

const small = 2_048;
const large = 102_400;
/** As a busy CA does: a connection for each message, so many in a second whatever the answer. */
const pacedPerSecond = 50;
const drainLimitMs = 90_000;

const shapes: readonly (Omit<Load, 'port' | 'seconds'> & { readonly what: string })[] = [
  { what: '1 session, one message per connection', sessions: 1, messagesPerConnection: 1, sizeBytes: small },
  { what: '10 sessions, one message per connection', sessions: 10, messagesPerConnection: 1, sizeBytes: small },
  { what: '50 sessions, one message per connection', sessions: 50, messagesPerConnection: 1, sizeBytes: small },
  { what: '1 session, many per connection', sessions: 1, messagesPerConnection: null, sizeBytes: small },
  { what: '10 sessions, many per connection', sessions: 10, messagesPerConnection: null, sizeBytes: small },
  { what: '50 sessions, many per connection', sessions: 50, messagesPerConnection: null, sizeBytes: small },
  { what: '10 sessions, many per connection, 100 KB', sessions: 10, messagesPerConnection: null, sizeBytes: large },
];

/** Durable accept while the upstream refuses connections. */
export async function accept(setting: BenchSetting): Promise<readonly BenchLine[]> {
  const lines: BenchLine[] = [];
  const peers = setting.ceiling === null ? setting.peers : [...setting.peers, setting.ceiling];
  for (const { what, ...shape } of shapes) {
    const results = await interleaved({ ...setting, peers }, what, (peer) =>
      withPeer(setting, peer, upstreamDown, async ({ port, processId }) => {
        await warmUp(setting, { ...shape, port });
        const cpuBefore = await cpuSecondsOf(processId);
        const result = await setting.programs.load({ ...shape, port, seconds: setting.seconds });
        return { ...result, cpu: (((await cpuSecondsOf(processId)) - cpuBefore) / result.accepted) * 1_000 };
      }),
    );
    lines.push(
      lineOf(`accept, ${what}`, '/s', results, ({ accepted, seconds }) => accepted / seconds),
      lineOf(`p99, ${what}`, 'ms', results, ({ p99Ms }) => p99Ms),
      lineOf(`CPU per 1000, ${what}`, 's', results, ({ cpu }) => cpu),
    );
  }
  return lines;
}

/** Whether the upstream, DNS or a long queue can be felt by a client. */
export async function states(setting: BenchSetting): Promise<readonly BenchLine[]> {
  const { programs, resolverFile } = setting;
  const up = await programs.sink();
  const silent = await programs.sink(true);
  const upstreams: readonly (readonly [string, Upstream])[] = [
    ['upstream up', { kind: 'port', port: up.port }],
    ['upstream down', upstreamDown],
    ['upstream silent', { kind: 'port', port: silent.port }],
    ...(resolverFile === null ? [] : [['DNS dead', { kind: 'deadDns', resolverFile }] as const]),
  ];
  const lines: BenchLine[] = [];
  const load = { sessions: 200, messagesPerConnection: 1, sizeBytes: small, perSecond: pacedPerSecond };
  for (const [what, upstream] of upstreams) {
    const results = await interleaved(setting, what, (peer) =>
      withPeer(setting, peer, upstream, async ({ port }) => {
        await warmUp(setting, { ...load, port });
        return await programs.load({ ...load, port, seconds: setting.seconds });
      }),
    );
    lines.push(lineOf(`p99 at ${pacedPerSecond}/s, ${what}, empty queue`, 'ms', results, ({ p99Ms }) => p99Ms));
  }
  const what = `${setting.queued} queued`;
  const results = await interleaved({ ...setting, rounds: 1 }, what, async (peer) => {
    const folder = await longQueue(setting, peer);
    const running = await peer.start({ folder, upstream: upstreamDown });
    try {
      const whileReading = await programs.load({ ...load, port: running.port, seconds: setting.seconds });
      await pause(drainLimitMs / 3);
      const afterwards = await programs.load({ ...load, port: running.port, seconds: setting.seconds });
      const mebibytes = await residentMebibytesOf(running.processId);
      return { whileReading, afterwards, mebibytes };
    } finally {
      await running.stop();
    }
  });
  lines.push(
    lineOf(`p99 at ${pacedPerSecond}/s, upstream down, ${what}, starting`, 'ms', results, (r) => r.whileReading.p99Ms),
    lineOf(`p99 at ${pacedPerSecond}/s, upstream down, ${what}`, 'ms', results, (r) => r.afterwards.p99Ms),
    lineOf(`resident, ${what}`, 'MiB', results, ({ mebibytes }) => mebibytes),
  );
  up.stop();
  silent.stop();
  return lines;
}

/** From first accept to last delivery. */
export async function relayed(setting: BenchSetting): Promise<readonly BenchLine[]> {
  const messages = setting.seconds * 600;
  const results = await interleaved(setting, 'end to end', async (peer) => {
    const sink = await setting.programs.sink();
    try {
      return await withPeer(setting, peer, { kind: 'port', port: sink.port }, async ({ port, processId }) => {
        const load = { sessions: 20, messagesPerConnection: null, sizeBytes: small, port };
        await warmUp(setting, load);
        const { messages: before } = await sink.count();
        const cpuBefore = await cpuSecondsOf(processId);
        const { startedAtMs } = await setting.programs.load({ ...load, seconds: 60, messages });
        const { messages: total, lastMs } = await untilArrived(sink, before + messages, drainLimitMs);
        const arrived = total - before;
        const perSecond = (arrived / (lastMs - startedAtMs)) * 1_000;
        return { perSecond, cpu: (((await cpuSecondsOf(processId)) - cpuBefore) / arrived) * 1_000 };
      });
    } finally {
      sink.stop();
    }
  });
  return [
    lineOf('relayed end to end, 20 sessions', '/s', results, ({ perSecond }) => perSecond),
    lineOf('CPU per 1000 relayed', 's', results, ({ cpu }) => cpu),
  ];
}

/** What a gateway that has come back costs the clients. */
export async function draining(setting: BenchSetting): Promise<readonly BenchLine[]> {
  const load = { sessions: 10, messagesPerConnection: 1, sizeBytes: small, seconds: setting.seconds };
  const results = await interleaved(setting, 'draining', async (peer) => {
    const rates: number[] = [];
    const sink = await setting.programs.sink();
    for (const upstream of [upstreamDown, { kind: 'port', port: sink.port } as const]) {
      const { accepted, seconds } = await withPeer(setting, peer, upstream, async ({ port }) => {
        await warmUp(setting, { ...load, port });
        return await setting.programs.load({ ...load, port });
      });
      rates.push(accepted / seconds);
    }
    sink.stop();
    const [down = Number.NaN, up = Number.NaN] = rates;
    return { down, up };
  });
  return [lineOf('accept while delivering : accept while down', 'ratio', results, ({ down, up }) => up / down)];
}

/** A start with a long queue and a gateway that takes everything. */
export async function restart(setting: BenchSetting): Promise<readonly BenchLine[]> {
  const results = await interleaved({ ...setting, rounds: 1 }, 'restart', async (peer) => {
    const folder = await longQueue(setting, peer);
    const sink = await setting.programs.sink();
    const startedAtMs = nowMs();
    const running = await peer.start({ folder, upstream: { kind: 'port', port: sink.port } });
    try {
      const { messages, firstMs, lastMs } = await untilArrived(sink, setting.queued, drainLimitMs);
      return {
        listeningMs: running.listeningAfterMs,
        firstMs: firstMs - startedAtMs - running.listeningAfterMs,
        perSecond: (messages / (lastMs - firstMs)) * 1_000,
        mebibytes: await residentMebibytesOf(running.processId),
      };
    } finally {
      await running.stop();
      sink.stop();
    }
  });
  const what = `${setting.queued} queued`;
  return [
    lineOf(`start with ${what} until listening`, 'ms', results, ({ listeningMs }) => listeningMs),
    lineOf(`listening until first delivery, ${what}`, 'ms', results, ({ firstMs }) => firstMs),
    lineOf(`drain, ${what}`, '/s', results, ({ perSecond }) => perSecond),
    lineOf(`resident at the end of the drain, ${what}`, 'MiB', results, ({ mebibytes }) => mebibytes),
  ];
}
