/** Delivery over a memory spool with a clock that stands still, sending to upstreams on loopback. */

import { nodePorts } from '../../../electron/base/node-ports.ts';
import { createDelivery } from '../../../electron/delivery/delivery.ts';
import type { Delivery } from '../../../electron/delivery/types.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { type FakeNames, fakeDns } from '../../fakes/fake-dns.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { MemorySpool } from '../../fakes/memory-spool.ts';

export interface Relay {
  readonly delivery: Delivery;
  readonly spool: MemorySpool;
  readonly clock: FakeClock;
  readonly log: MemoryLog;
  change(settings: Partial<ServerSettings>): void;
}

export function createRelay(
  settings: Partial<ServerSettings>,
  names: FakeNames = {},
  spool = new MemorySpool(),
): Relay {
  let values: ServerSettings = {
    ...defaultServerSettings,
    'delivery.fullyQualifiedName': 'relay.test.invalid',
    ...settings,
  };
  const clock = new FakeClock();
  const log = new MemoryLog();
  const ports = { ...nodePorts({ log }), clock, log, dns: fakeDns(names), random: () => 0 };
  const delivery = createDelivery({ spool, settings: () => values, ports, version: '0.0.0' });
  return {
    delivery,
    spool,
    clock,
    log,
    change(change) {
      values = { ...values, ...change };
      delivery.settingsChanged();
    },
  };
}
