/** The relay in a process of its own, killed at random moments while it takes mail in and sends it on; then the reckoning. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../fakes/free-port.ts';
import {
  eventually,
  newDataFolder,
  type RelayProcess,
  removeDataFolder,
  startRelayProcess,
} from '../fakes/relay-process.ts';
import { startUpstream, type Upstream } from '../fakes/upstream.ts';
import { type Arrival, type Ledger, settle } from './ledger.ts';
import { isPutOff, messageOf, numberOf } from './messages.ts';
import { dropIntoPickup, sendUntilBroken } from './senders.ts';

export interface CrashOptions {
  readonly rounds: number;
  /** The moments of the kills and what the gateway is up to follow from it; what the machine makes of them does not. */
  readonly seed: number;
  /** No kill comes later after the start than this. */
  readonly longestRoundMs: number;
  /** No round begins later than this; what was promised by then is settled as usual. */
  readonly limitMs?: number;
  readonly onRound?: (round: number, acknowledged: number, arrived: number) => void;
}

export interface CrashResult extends Ledger {
  readonly rounds: number;
  /** What stood in Badmail or Damaged at the end. */
  readonly leftFiles: readonly string[];
}

const sessions = 8;
const pickupFiles = 12;
const open = { greeting: '220 gateway.test.invalid ESMTP' };
const away = { greeting: '421 4.3.2 Come back later' };
const settings = { 'delivery.retryIntervals': '1s,1s,1s,1s' };

export async function crashAndSettle({
  rounds,
  seed,
  longestRoundMs,
  limitMs,
  onRound,
}: CrashOptions): Promise<CrashResult> {
  const dataFolder = await newDataFolder();
  const random = createRandom(seed);
  const endsAtMs = Date.now() + (limitMs ?? Number.POSITIVE_INFINITY);
  const acknowledged = new Set<string>();
  const killedAtMs: number[] = [];
  const gateway = await startGateway(() => killedAtMs.length);
  let relay: RelayProcess | undefined;
  const start = async (): Promise<RelayProcess> => {
    relay = await startRelayProcess({
      dataFolder,
      port: await freePort(),
      smartHost: `127.0.0.1:${gateway.upstream.port}`,
      settings,
    });
    return relay;
  };
  const keep = ({ to }: { readonly to: readonly string[] }): void => {
    for (const address of to) acknowledged.add(address);
  };

  try {
    for (let round = 0; round < rounds && Date.now() < endsAtMs; round += 1) {
      // Every third round the gateway takes nothing: the queue grows, and states are stored.
      gateway.upstream.behave(round % 3 === 2 ? away : open);
      const running = await start();
      const sending = Array.from({ length: sessions }, (_, session) =>
        sendUntilBroken({
          name: `${round}-${session}`,
          port: running.port,
          connectionPerMessage: session % 2 === 0,
          onAcknowledged: keep,
        }),
      );
      const dropping = dropIntoPickup(dataFolder, round, pickupFiles, keep);
      await new Promise((resolve) => setTimeout(resolve, random() * longestRoundMs));
      await running.kill();
      killedAtMs.push(Date.now());
      await Promise.all([...sending, dropping]);
      onRound?.(round, acknowledged.size, gateway.arrivals().length);
    }
    gateway.upstream.behave(open);
    await drain(await start());
    const ledger = settle(acknowledged, gateway.arrivals(), killedAtMs);
    return { rounds: killedAtMs.length, ...ledger, leftFiles: await leftFiles(dataFolder) };
  } finally {
    await relay?.kill();
    await gateway.upstream.stop();
    await removeDataFolder(dataFolder);
  }
}

interface Gateway {
  readonly upstream: Upstream;
  arrivals(): readonly Arrival[];
}

async function startGateway(round: () => number): Promise<Gateway> {
  /** In the order of the messages of the upstream, which takes everything that reaches its final dot. */
  const finals: { readonly round: number; readonly atMs: number }[] = [];
  const upstream = await startUpstream({
    rcpt: (address, time) => (isPutOff(address, time) ? '450 4.2.0 Not yet' : '250 2.1.5 Ok'),
    final: () => {
      finals.push({ round: round(), atMs: Date.now() });
      return '250 2.0.0 Ok: queued';
    },
  });
  return {
    upstream,
    arrivals: () =>
      upstream.messages.flatMap(({ recipients, bytes }, index) =>
        recipients.map(({ address }) => ({
          address,
          round: finals[index]?.round ?? -1,
          atMs: finals[index]?.atMs ?? 0,
          isWhole: bytes.toString('latin1').endsWith(`\r\n${messageOf(numberOf(address)).content}`),
        })),
      ),
  };
}

/** Until the queue is empty and no file of the Pickup folder waits. */
async function drain(relay: RelayProcess): Promise<void> {
  const pickup = join(relay.dataFolder, 'mailroot', '1', 'Pickup');
  await eventually(
    async () => ({
      ...(await relay.json<{ total: number; recovering: boolean }>('queue', 'list', '--limit', '1')),
      files: (await readdir(pickup)).length,
    }),
    ({ total, recovering, files }) => total === 0 && !recovering && files === 0,
    300_000,
  );
}

async function leftFiles(dataFolder: string): Promise<readonly string[]> {
  const mailroot = join(dataFolder, 'mailroot', '1');
  const folders = await Promise.all(
    ['Queue', 'Badmail', 'Damaged'].map(async (folder) =>
      (await readdir(join(mailroot, folder))).map((name) => `${folder}/${name}`),
    ),
  );
  return folders.flat();
}

/** Mulberry32: small, and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
