/** Relays and upstreams of a test, taken down after it. */
import { afterEach } from 'vitest';
import type { QueueEntry } from '../../../electron/spool/types.ts';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { eventually } from '../../fakes/eventually.ts';
import type { FakeNames } from '../../fakes/fake-dns.ts';
import type { MemorySpool } from '../../fakes/memory-spool.ts';
import { startUpstream, type Upstream, type UpstreamOptions } from '../../fakes/upstream.ts';
import { createRelay, type Relay, type RelayParts } from './relay.ts';

export const minuteMs = 60_000;

const running: { relays: Relay[]; upstreams: Upstream[] } = { relays: [], upstreams: [] };

afterEach(async () => {
  for (const relay of running.relays.splice(0)) {
    relay.spool.beforeStep = () => undefined;
    await stop(relay);
  }
  for (const upstream of running.upstreams.splice(0)) await upstream.stop();
});

/** What does not end by itself is cut when time moves on. */
export const stop = async ({ delivery, clock }: Relay): Promise<void> => {
  let isStopped = false;
  const stopping = delivery.stop().then(() => {
    isStopped = true;
  });
  // Past the limits of stopping, and no further.
  for (let second = 0; second < 15 && !isStopped; second += 1) await clock.advance(1_000);
  await stopping;
};

export const upstreamWith = async (options: UpstreamOptions = {}): Promise<Upstream> => {
  const upstream = await startUpstream(options);
  running.upstreams.push(upstream);
  return upstream;
};

/** Not started. */
export const relayAtRest = (
  settings: Partial<ServerSettings>,
  names?: FakeNames,
  spool?: MemorySpool,
  parts?: RelayParts,
): Relay => {
  const relay = createRelay(settings, names, spool, parts);
  running.relays.push(relay);
  return relay;
};

export const relayWith = (...parts: Parameters<typeof relayAtRest>): Relay => {
  const relay = relayAtRest(...parts);
  relay.delivery.start();
  return relay;
};

export const smartHost = (host: Upstream | number): string =>
  `127.0.0.1:${typeof host === 'number' ? host : host.port}`;

export const relayTo = (...hosts: readonly (Upstream | number)[]): Relay =>
  relayWith({ 'delivery.smartHosts': hosts.map(smartHost) });

/** Nothing is being sent or is about to be. */
export const atRest = async ({ delivery, spool }: Relay): Promise<void> => {
  await eventually(
    () => [...spool.entries()].filter((entry) => ['sending', 'ready'].includes(delivery.view(entry).state)).length,
  ).toBe(0);
};

export const only = ({ spool, delivery }: Relay) => {
  const [entry, ...others] = [...spool.entries()];
  if (entry === undefined || others.length > 0) throw new Error(`${spool.size} messages are queued`);
  return { entry, view: delivery.view(entry), record: entry.record };
};

export const states = ({ spool, delivery }: Relay): string[] =>
  [...spool.entries()].map((entry: QueueEntry) => delivery.view(entry).state);

/** The recipients of each message that arrived. */
export const arrived = (upstream: Upstream): string[][] =>
  upstream.messages.map(({ recipients }) => recipients.map(({ address }) => address));
