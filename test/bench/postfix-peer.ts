/**
 * Postfix of the distribution, beside any that is configured: own configuration, queue and master in a folder of the benchmark.
 * What would slow it down for reasons that have nothing to do with mail is switched off.
 */
import { execFile, spawnSync } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../fakes/free-port.ts';
import type { Peer, PeerStart, RunningPeer, Upstream } from './peer.ts';
import { end, nowMs, spawnLogged, untilGreeted } from './processes.ts';
import { launcherOf } from './relay-peer.ts';

const run = promisify(execFile);
const master = '/usr/lib/postfix/sbin/master';
const stopLimitMs = 10_000;

/** @returns null where Postfix is not installed, or where it could not be started: it needs root. */
export function createPostfixPeer(): Peer | null {
  const asked = spawnSync('postconf', ['-d', '-h', 'mail_version'], { encoding: 'utf8' });
  if (asked.status !== 0 || process.getuid?.() !== 0) return null;
  return { name: 'Postfix', version: `Postfix ${asked.stdout.trim()}`, start, fill };
}

async function start({ folder, upstream }: PeerStart): Promise<RunningPeer> {
  const port = await freePort();
  const configuration = join(folder, 'etc');
  await configure(configuration, folder, { port, upstream });
  await run('postfix', ['-c', configuration, 'check']).catch(() => undefined); // makes the folders, and warns
  const startedAtMs = nowMs();
  const child = spawnLogged([...launcherOf(upstream), master, '-c', configuration, '-d'], `${folder}.log`);
  await untilGreeted(child, port, `${folder}.log`);
  const listeningAfterMs = nowMs() - startedAtMs;
  return { port, processId: child.pid ?? 0, listeningAfterMs, stop: () => end(child, stopLimitMs) };
}

interface Use {
  readonly port: number;
  readonly upstream: Upstream;
}

async function configure(configuration: string, folder: string, use: Use): Promise<void> {
  const queue = join(folder, 'spool');
  const data = join(folder, 'data');
  for (const path of [configuration, queue, data]) await mkdir(path, { recursive: true });
  await chmod(folder, 0o755);
  const { uid } = await stat('/var/lib/postfix');
  await chown(data, uid, 0);
  await writeFile(join(configuration, 'main.cf'), mainSettings(queue, data, use.upstream));
  await copyFile('/usr/share/postfix/dynamicmaps.cf', join(configuration, 'dynamicmaps.cf')).catch(() => undefined);
  const services = await readFile('/usr/share/postfix/master.cf.dist', 'utf8');
  await writeFile(join(configuration, 'master.cf'), masterSettings(services, use.port));
}

const mainSettings = (queue: string, data: string, upstream: Upstream): string =>
  [
    'compatibility_level = 3.6',
    `queue_directory = ${queue}`,
    `data_directory = ${data}`,
    'mail_owner = postfix',
    'setgid_group = postdrop',
    'myhostname = relay.bench.example',
    'mydestination =',
    'alias_maps =',
    'alias_database =',
    'local_recipient_maps =',
    'inet_interfaces = 127.0.0.1',
    'inet_protocols = ipv4',
    'mynetworks = 127.0.0.0/8',
    'smtpd_peername_lookup = no',
    'smtpd_relay_restrictions = permit_mynetworks, reject',
    'message_size_limit = 50000000',
    // It would hold clients back by a second when mail comes faster than it goes, and the upstream is down on purpose.
    'in_flow_delay = 0',
    'maillog_file =',
    ...(upstream.kind === 'port'
      ? [`relayhost = [127.0.0.1]:${upstream.port}`, 'smtp_dns_support_level = disabled']
      : []),
    '',
  ].join('\n');

/** No chroot: it would need copies of files of the system. */
const masterSettings = (services: string, port: number): string =>
  services
    .split('\n')
    .filter((line) => !line.startsWith('#') && line.trim() !== '')
    .map((line) => line.replace(/^smtp +inet .*/, `127.0.0.1:${port} inet n - n - - smtpd`))
    .map((line) => line.replace(/^(\S+ +(?:unix|unix-dgram|inet|fifo) +\S+ +\S+ +)y/, '$1n'))
    .join('\n');

async function fill(folder: string, messages: number): Promise<void> {
  const spool = join(folder, 'spool');
  const template = await anyMessage(spool);
  const bytes = await readFile(template);
  const { uid, gid } = await stat(template);
  const incoming = join(spool, 'incoming');
  for (let written = 0; written < messages; written += 1) {
    const path = join(incoming, 'copy');
    const file = await open(path, 'wx', 0o700);
    await file.writeFile(bytes);
    await file.chown(uid, gid);
    await file.chmod(0o700); // by this Postfix knows a file that is complete
    const { ino } = await file.stat();
    await file.close();
    const microseconds = (written % 1_000_000).toString(16).padStart(5, '0');
    await rename(path, join(incoming, `${microseconds}${ino.toString(16)}`.toUpperCase()));
  }
}

async function anyMessage(spool: string): Promise<string> {
  for (const queue of ['deferred', 'active', 'incoming']) {
    const entries = await readdir(join(spool, queue), { recursive: true, withFileTypes: true });
    const file = entries.find((entry) => entry.isFile());
    if (file !== undefined) return join(file.parentPath, file.name);
  }
  throw new Error(`No message to copy in ${spool}.`);
}
