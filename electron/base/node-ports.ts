/** The real outside world. The only file of the relay that touches the clock, timers and chance of the platform. */
import { hostname, networkInterfaces } from 'node:os';
import { env, platform, stderr } from 'node:process';
import tls from 'node:tls';
import { createNodeDisk } from './node-disk.ts';
import { createNodeDns } from './node-dns.ts';
import { createEventLog } from './node-event-log.ts';
import { createFormPost } from './node-form-post.ts';
import type { Clock, Log, Ports } from './ports.ts';
import { createWindowsDataProtection } from './windows-data-protection.ts';

export interface NodePortsOptions {
  readonly log: Log;
}

/** The longest delay a timer of Node takes; a longer one would fire at once. */
const maxTimerMs = 2_147_483_647;

export function nodePorts({ log }: NodePortsOptions): Ports {
  return {
    clock: nodeClock,
    disk: createNodeDisk({ platform, wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)) }),
    dns: createNodeDns(),
    log,
    random: Math.random,
    ownAddresses,
    computerName: keptName(nodeClock, hostname),
    eventLog: createEventLog({
      platform,
      systemRoot: env.SystemRoot,
      // Set by systemd; a terminal shows the operator log instead.
      journal: env.JOURNAL_STREAM === undefined ? null : stderr,
      log,
    }),
    formPost: createFormPost(trustedCertificates),
    trustedCertificates,
    ...(platform === 'win32' ? { secretProtection: createWindowsDataProtection() } : {}),
  };
}

export const nodeClock: Clock = {
  now: () => Date.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, Math.min(Math.max(delayMs, 0), maxTimerMs));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Every message asks several times, and each question is a call of the operating system. */
const nameKeptMs = 10_000;

/** A computer may be given another name while the relay runs. */
export function keptName(clock: Pick<Clock, 'now'>, ask: () => string): () => string {
  let name = '';
  let askedAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    // Negative when somebody sets the computer's clock back.
    const ageMs = clock.now() - askedAtMs;
    if (ageMs < 0 || ageMs >= nameKeptMs) {
      name = ask();
      askedAtMs = clock.now();
    }
    return name;
  };
}

/**
 * Node reads the store of the operating system since 22.15; before, its own list has to do. Not imported by name: a name
 * that is not there yet keeps the whole program from starting.
 */
const trustedCertificates = (): readonly string[] =>
  typeof tls.getCACertificates === 'function'
    ? [...new Set([...tls.getCACertificates('system'), ...tls.getCACertificates('extra')])]
    : tls.rootCertificates;

const ownAddresses: Ports['ownAddresses'] = () =>
  Object.entries(networkInterfaces()).flatMap(([adapter, addresses = []]) =>
    addresses.map(({ address, family }) => ({ address, family, adapter })),
  );
