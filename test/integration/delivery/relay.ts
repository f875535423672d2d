/** Delivery over a memory spool with a clock that stands still, sending to upstreams on loopback. */

import { nodePorts } from '../../../electron/base/node-ports.ts';
import { createDelivery } from '../../../electron/delivery/delivery.ts';
import type { Delivery } from '../../../electron/delivery/types.ts';
import type { ProtocolLogEntry } from '../../../electron/logging/types.ts';
import type { SecretName } from '../../../shared/settings/secrets.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { type FakeNames, fakeDns } from '../../fakes/fake-dns.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import { MemoryDrop } from '../../fakes/memory-drop.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { MemorySpool } from '../../fakes/memory-spool.ts';

export interface Relay {
  readonly delivery: Delivery;
  readonly spool: MemorySpool;
  readonly drop: MemoryDrop;
  /** Holds what is known of outages. */
  readonly disk: MemoryDisk;
  readonly clock: FakeClock;
  readonly log: MemoryLog;
  readonly protocol: readonly ProtocolLogEntry[];
  readonly secrets: Map<SecretName, string>;
  change(settings: Partial<ServerSettings>): void;
  /** Changes settings without a word to delivery, as happens while it is stopped. */
  setSilently(settings: Partial<ServerSettings>): void;
}

export interface RelayParts {
  readonly disk?: MemoryDisk;
  /** ISO 8601 instant. */
  readonly startsAt?: string;
  readonly secrets?: Readonly<Record<SecretName, string>>;
  /** PEM, of the operating system. */
  readonly trustedCertificates?: readonly string[];
  /** That of the tests is theirs: a thread with all the time there is, if not given. */
  readonly threadLoad?: () => number;
}

export function createRelay(
  settings: Partial<ServerSettings>,
  names: FakeNames = {},
  spool = new MemorySpool(),
  {
    disk = new MemoryDisk(),
    startsAt,
    secrets: known = {},
    trustedCertificates = [],
    threadLoad = () => 0,
  }: RelayParts = {},
): Relay {
  let values: ServerSettings = {
    ...defaultServerSettings,
    'delivery.fullyQualifiedName': 'relay.test.invalid',
    ...settings,
  };
  const clock = new FakeClock(startsAt);
  const log = new MemoryLog();
  const drop = new MemoryDrop();
  const protocol: ProtocolLogEntry[] = [];
  const secrets = new Map<SecretName, string>(Object.entries(known));
  const ports = {
    ...nodePorts({ log }),
    clock,
    disk,
    log,
    dns: fakeDns(names),
    random: () => 0,
    trustedCertificates: () => trustedCertificates,
  };
  const delivery = createDelivery({
    spool,
    settings: () => values,
    secret: (name) => secrets.get(name) ?? null,
    ports,
    protocolLog: { write: (entry) => void protocol.push(entry) },
    drop,
    stateFolder: '/mail',
    version: '0.0.0',
    threadLoad,
  });
  return {
    delivery,
    spool,
    drop,
    disk,
    clock,
    log,
    protocol,
    secrets,
    setSilently(change) {
      values = { ...values, ...change };
    },
    change(change) {
      values = { ...values, ...change };
      delivery.settingsChanged();
    },
  };
}
