/**
 * How fast the relay is, beside Postfix where that is installed: same machine, same run, by turns. A measurement, not a test;
 * test/bench/README.md has results and method. Linux with a C compiler; Postfix and dead DNS need root.
 *
 *   npm run bench -- [--only accept,states,relayed,draining,restart] [--quick] [--queued 100000] [--rounds 3]
 *                    [--seconds 5] [--warm-up 4] [--folder <on the disk to measure>] [--no-postfix] [--ceiling]
 *                    [--node-option <option>]...
 */
import { createSocket } from 'node:dgram';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readVersion } from '../../electron/host/app-files.ts';
import type { BenchLine, BenchSetting } from './bench-setting.ts';
import { accept, draining, relayed, restart, states } from './cases.ts';
import { ceilingPeer } from './ceiling-peer.ts';
import { createPostfixPeer } from './postfix-peer.ts';
import { compilePrograms } from './programs.ts';
import { createRelayPeer } from './relay-peer.ts';

const cases = { accept, states, relayed, draining, restart };
const deadServer = '127.0.0.9';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(cases).join() },
    quick: { type: 'boolean', default: false },
    queued: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    'warm-up': { type: 'string' },
    folder: { type: 'string', default: resolve(import.meta.dirname, '../output') },
    'no-postfix': { type: 'boolean', default: false },
    ceiling: { type: 'boolean', default: false },
    'node-option': { type: 'string', multiple: true, default: [] },
  },
});

/** A name server that hears and says nothing. @returns the file that names it */
async function deafNameServer(folder: string): Promise<{ file: string; stop: () => void } | null> {
  if (process.getuid?.() !== 0) return null;
  const socket = createSocket('udp4');
  await new Promise<void>((settle, fail) => {
    socket.once('error', fail);
    socket.bind(53, deadServer, settle);
  });
  const file = join(folder, 'resolv.conf');
  await writeFile(file, `nameserver ${deadServer}\n`);
  return { file, stop: () => socket.close() };
}

function print(lines: readonly BenchLine[], names: readonly string[]): void {
  const compared = 'Postfix';
  const ratios = names.includes(compared) ? names.filter((name) => name !== compared) : [];
  const shown = (value: number | undefined, digits: number): string =>
    value === undefined ? '' : value.toFixed(digits);
  const rows = lines.map(({ what, unit, values: found }) => [
    what,
    unit,
    ...names.map((name) => shown(found[name], unit === 'ratio' || unit === 's' ? 2 : 0)),
    ...ratios.map((name) => {
      const [one, other] = [found[name], found[compared]];
      return one === undefined || other === undefined ? '' : (one / other).toFixed(2);
    }),
  ]);
  const header = ['what', 'unit', ...names, ...ratios.map((name) => `${name} : ${compared}`)];
  for (const row of [header, header.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
}

await mkdir(values.folder, { recursive: true });
const folder = await mkdtemp(join(values.folder, 'bench-'));
await chmod(folder, 0o755); // Postfix's own account works in it
const postfix = values['no-postfix'] ? null : createPostfixPeer();
const nameServer = await deafNameServer(folder).catch(() => null);
try {
  const relay = await createRelayPeer({
    productFolder: join(folder, 'product'),
    version: readVersion(),
    nodeOptions: values['node-option'],
  });
  const setting: BenchSetting = {
    peers: postfix === null ? [relay] : [relay, postfix],
    ceiling: values.ceiling ? ceilingPeer : null,
    programs: await compilePrograms(folder),
    folder,
    rounds: Number(values.rounds ?? (values.quick ? 1 : 3)),
    seconds: Number(values.seconds ?? (values.quick ? 2 : 5)),
    warmUpSeconds: Number(values['warm-up'] ?? (values.quick ? 1 : 4)),
    queued: Number(values.queued ?? (values.quick ? 10_000 : 100_000)),
    resolverFile: nameServer?.file ?? null,
    tell: (line) => console.error(line),
  };
  const load = (): string =>
    loadavg()
      .map((average) => average.toFixed(1))
      .join(' ');
  const loadBefore = load();
  const lines: BenchLine[] = [];
  for (const [name, measure] of Object.entries(cases)) {
    if (values.only.split(',').includes(name)) lines.push(...(await measure(setting)));
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Linux ${release()}`;
  console.log(`${new Date().toISOString()}, ${machine}; ${setting.peers.map((peer) => peer.version).join('; ')}`);
  console.log(
    `load average before ${loadBefore}, after ${load()}; ${setting.rounds} rounds of ${setting.seconds} s after ${setting.warmUpSeconds} s of warming up\n`,
  );
  print(
    lines,
    [...setting.peers, ...(setting.ceiling === null ? [] : [setting.ceiling])].map(({ name }) => name),
  );
} finally {
  nameServer?.stop();
  await rm(folder, { recursive: true, force: true });
}
