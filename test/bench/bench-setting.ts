/** What every case of the benchmark works with. */
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Peer, RunningPeer, Upstream } from './peer.ts';
import { nowMs } from './processes.ts';
import type { Load, Programs, Sink } from './programs.ts';

export interface BenchSetting {
  readonly peers: readonly Peer[];
  /** Takes mail in and does nothing else; beside the peers where that is what is measured. Null: not asked for. */
  readonly ceiling: Peer | null;
  readonly programs: Programs;
  /** For queues; on the disk that is measured. */
  readonly folder: string;
  readonly rounds: number;
  readonly seconds: number;
  /** Of load before anything is measured. */
  readonly warmUpSeconds: number;
  /** Of the long queue. */
  readonly queued: number;
  /** Names a name server that takes questions and never answers; null where that is not possible. */
  readonly resolverFile: string | null;
  readonly tell: (line: string) => void;
}

/** One line of the table. */
export interface BenchLine {
  readonly what: string;
  /** By the name of the peer, medians. */
  readonly values: Readonly<Record<string, number>>;
  readonly unit: string;
}

const pollMs = 20;
const deadPort = 9;
/** For what a peer does with the mail of the warming up afterwards. */
const settleMs = 4_000;

/** Nobody listens there: a connection is refused at once. */
export const upstreamDown: Upstream = { kind: 'port', port: deadPort };

export const median = (all: readonly number[]): number => {
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Each round asks every peer once: A B A B. */
export async function interleaved<Result>(
  { peers, rounds, tell }: Pick<BenchSetting, 'peers' | 'rounds' | 'tell'>,
  what: string,
  measure: (peer: Peer) => Promise<Result>,
): Promise<ReadonlyMap<string, readonly Result[]>> {
  const results = new Map<string, Result[]>(peers.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const peer of peers) {
      try {
        const result = await measure(peer);
        results.get(peer.name)?.push(result);
        tell(`${what}, ${peer.name}, round ${round}: ${JSON.stringify(result)}`);
      } catch (error) {
        tell(`${what}, ${peer.name}, round ${round}: ${String(error)}`);
      }
    }
  }
  return results;
}

export const lineOf = <Result>(
  what: string,
  unit: string,
  results: ReadonlyMap<string, readonly Result[]>,
  value: (result: Result) => number,
): BenchLine => ({
  what,
  unit,
  values: Object.fromEntries([...results].map(([name, all]) => [name, median(all.map(value))])),
});

/** A peer with an empty queue for as long as `action` takes. */
export async function withPeer<Result>(
  setting: BenchSetting,
  peer: Peer,
  upstream: Upstream,
  action: (running: RunningPeer, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await emptyFolder(setting, peer);
  const running = await peer.start({ folder, upstream });
  try {
    return await action(running, folder);
  } finally {
    await running.stop();
  }
}

/**
 * Never used before, and there until the benchmark ends: for minutes ext4 passes by the inode of each file that was removed
 * before it makes a new one, so that clearing up after one peer would be paid for by the files of the next, a millisecond each.
 */
const emptyFolder = ({ folder }: BenchSetting, { name }: Peer): Promise<string> => mkdtemp(join(folder, `${name}-`));

/**
 * A mail server runs for weeks: what is measured is not its first seconds, in which programs are loaded, processes forked
 * and functions compiled. The same for every peer.
 */
export async function warmUp({ programs, warmUpSeconds }: BenchSetting, load: Omit<Load, 'seconds'>): Promise<void> {
  if (warmUpSeconds === 0) return;
  await programs.load({ ...load, seconds: warmUpSeconds });
  await pause(settleMs);
}

/** A folder with a long queue in it, made without the peer. */
export async function longQueue(setting: BenchSetting, peer: Peer): Promise<string> {
  const { programs, queued } = setting;
  const own = await emptyFolder(setting, peer);
  const running = await peer.start({ folder: own, upstream: upstreamDown });
  try {
    const load = { sessions: 1, messagesPerConnection: 1, sizeBytes: 2_048, seconds: 10, messages: 1 };
    await programs.load({ ...load, port: running.port });
    await pause(1_000); // Postfix moves it to where it is found
  } finally {
    await running.stop();
  }
  await peer.fill(own, queued);
  await promisify(execFile)('sync'); // so that nobody's flush waits for what the filling left to the system
  return own;
}

/** @returns the count that was reached, in time or not. */
export async function untilArrived(sink: Sink, messages: number, limitMs: number): ReturnType<Sink['count']> {
  const endMs = nowMs() + limitMs;
  for (;;) {
    const count = await sink.count();
    if (count.messages >= messages || nowMs() >= endMs) return count;
    await pause(pollMs);
  }
}
