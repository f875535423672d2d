/** Relays and upstreams of one test file; `stopAll` ends what a test has started. */
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { eventually } from '../../fakes/eventually.ts';
import type { MemorySpool } from '../../fakes/memory-spool.ts';
import { startUpstream, type Upstream, type UpstreamOptions } from '../../fakes/upstream.ts';
import { createRelay, type Relay, type RelayParts } from './relay.ts';

export interface TestBed {
  upstreamWith(options?: UpstreamOptions): Promise<Upstream>;
  /** Started. */
  relayWith(settings: Partial<ServerSettings>, spool?: MemorySpool, parts?: RelayParts): Relay;
  stopAll(): Promise<void>;
}

export function createTestBed(): TestBed {
  const relays: Relay[] = [];
  const upstreams: Upstream[] = [];
  return {
    async upstreamWith(options) {
      const upstream = await startUpstream(options);
      upstreams.push(upstream);
      return upstream;
    },
    relayWith(settings, spool, parts) {
      const relay = createRelay(settings, {}, spool, parts);
      relays.push(relay);
      relay.delivery.start();
      return relay;
    },
    async stopAll() {
      for (const relay of relays.splice(0)) {
        relay.spool.beforeStep = () => undefined;
        await stopRelay(relay);
      }
      for (const upstream of upstreams.splice(0)) await upstream.stop();
    },
  };
}

/** What does not end by itself is cut when time moves on. */
export async function stopRelay({ delivery, clock }: Relay): Promise<void> {
  let isStopped = false;
  const stopping = delivery.stop().then(() => {
    isStopped = true;
  });
  // Past the limits of stopping, and no further.
  for (let second = 0; second < 15 && !isStopped; second += 1) await clock.advance(1_000);
  await stopping;
}

/** Nothing is being sent or is about to be. */
export const atRest = async ({ delivery, spool }: Relay): Promise<void> => {
  await eventually(
    () => [...spool.entries()].filter((entry) => ['sending', 'ready'].includes(delivery.view(entry).state)).length,
  ).toBe(0);
};

/** `at` an upstream, as smart host. */
export const through = (at: Upstream | number): Partial<ServerSettings> => ({
  'delivery.smartHosts': [`127.0.0.1:${typeof at === 'number' ? at : at.port}`],
});
