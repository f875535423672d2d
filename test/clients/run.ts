/**
 * `npm run test:clients`: public mail clients send through a relay of their own to a scripted gateway, which must have what
 * they sent byte for byte. A client that is not installed is named and counted as skipped.
 *   --report FILE   writes {passed, failed, skipped, missing} as JSON; missing are the clients that are not installed
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../fakes/free-port.ts';
import { eventually, type RelayProcess, runCli, startRelayProcess } from '../fakes/relay-process.ts';
import { relayCertificate, testAuthority } from '../fakes/test-certificates.ts';
import { startUpstream, type Upstream } from '../fakes/upstream.ts';
import { type ClientCase, cases, openDomain } from './cases.ts';
import { isInstalled, type MailClient } from './client.ts';
import { clients } from './clients.ts';

const login = { user: 'ca', password: 'Test-1234' };

interface Stage {
  readonly folder: string;
  readonly relay: RelayProcess;
  readonly tlsPort: number;
  readonly upstream: Upstream;
}

async function prepare(folder: string): Promise<Stage> {
  const upstream = await startUpstream();
  const tlsPort = await freePort();
  const certificateFile = join(folder, 'certificate.pem');
  await writeFile(certificateFile, `${relayCertificate.cert}${relayCertificate.key}`);
  await writeFile(join(folder, 'authority.pem'), testAuthority);
  const smartHosts = [`127.0.0.1:${upstream.port}`];
  const relay = await startRelayProcess({
    dataFolder: folder,
    saved: {
      'general.listenTls': [`127.0.0.1:${tlsPort}`],
      'access.certificateFile': certificateFile,
      'access.basic': true,
      'access.failedLoginDelay': 0,
      'access.relayList': [],
      'access.relayAuthenticated': true,
      'delivery.smartHosts': smartHosts,
      'domains.remote': [{ name: openDomain, relayAllowed: true, smartHosts }],
    },
  });
  const added = await runCli(['--data', folder, 'user', 'add', login.user], `${login.password}\n`);
  if (added.exitCode !== 0) throw new Error(`The user could not be added: ${added.stderr}`);
  return { folder, relay, tlsPort, upstream };
}

/** @returns what is wrong; null when all is well */
async function problemOf(client: MailClient, wanted: ClientCase, stage: Stage): Promise<string | null> {
  const { folder, relay, tlsPort, upstream } = stage;
  const { to = [`eva@${openDomain}`], tls = 'none', body = 'Hello\r\n', eightBit = false, refusedWith } = wanted;
  // Complete, so that no client adds a field of its own.
  const content = [
    'Date: Tue, 01 Jan 2030 00:00:00 +0000',
    'From: ca@corp.example',
    `To: ${to[0]}`,
    `Subject: ${client.name}, ${wanted.name}`,
    'Message-ID: <1@corp.example>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Transfer-Encoding: ${eightBit ? '8bit' : '7bit'}`,
    '',
    body,
  ].join('\r\n');
  const file = join(folder, 'message.eml');
  await writeFile(file, content);
  const before = upstream.messages.length;
  const { exitCode, output } = await client.send({
    port: tls === 'implicit' ? tlsPort : relay.port,
    from: 'ca@corp.example',
    to,
    file,
    tls,
    authorityFile: join(folder, 'authority.pem'),
    eightBit,
    ...(wanted.login === undefined
      ? {}
      : { login: wanted.login === 'right' ? login : { ...login, password: 'Wrong-1234' } }),
  });
  // What was refused must not come later either: `run` looks once more in the end.
  if (refusedWith === undefined && exitCode === 0) {
    const received = (): number => upstream.messages.slice(before).flatMap(({ recipients }) => recipients).length;
    await eventually(received, (count) => count >= to.length);
  }
  const arrived = upstream.messages.slice(before);
  if (refusedWith !== undefined) {
    if (exitCode === 0) return 'the client reports success';
    if (arrived.length > 0) return 'the gateway has a message';
    return refusedWith.test(output) ? null : `the client does not show the reason:\n${output}`;
  }
  if (exitCode !== 0) return `the client ended with ${exitCode}:\n${output}`;
  const receivers = arrived.flatMap(({ recipients }) => recipients.map(({ address }) => address));
  if (receivers.toSorted().join() !== [...to].toSorted().join()) return `the gateway has it for ${receivers.join()}`;
  // One copy with all recipients, or one each: both are for the client to choose.
  const changed = arrived.find(({ bytes }) => !withoutTrace(bytes).equals(Buffer.from(content)));
  return changed === undefined ? null : `the message was changed:\n${changed.bytes.toString().slice(0, 2_000)}`;
}

/** Without the Received field of the relay. */
const withoutTrace = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(/^Received: [^\n]*\n(?:[ \t][^\n]*\n)*/, ''), 'latin1');

interface Report {
  passed: number;
  failed: number;
  skipped: number;
  readonly missing: string[];
}

async function run(stage: Stage): Promise<Report> {
  const tally: Report = { passed: 0, failed: 0, skipped: 0, missing: [] };
  const { relay, upstream } = stage;
  for (const client of clients) {
    if (!isInstalled(client)) {
      console.log(`- ${client.name}: not installed, ${cases.length} skipped`);
      tally.skipped += cases.length;
      tally.missing.push(client.name);
      continue;
    }
    for (const wanted of cases) {
      const problem = await problemOf(client, wanted, stage).catch((error: unknown) => String(error));
      tally[problem === null ? 'passed' : 'failed'] += 1;
      console.log(`${problem === null ? '✓' : '✗'} ${client.name}: ${wanted.name}`);
      if (problem !== null) console.error(`  ${problem.replaceAll('\n', '\n  ')}`);
    }
  }
  const handedOn = upstream.messages.length;
  const { total } = await relay.json<{ readonly total: number }>('queue', 'list');
  if (total > 0 || upstream.messages.length > handedOn) {
    tally.failed += 1;
    console.error(`✗ ${total} messages are left in the queue although nothing more should be under way`);
  }
  return tally;
}

const { values } = parseArgs({ options: { report: { type: 'string' } } });
const folder = await mkdtemp(join(tmpdir(), 'relay-clients-'));
try {
  const stage = await prepare(folder);
  try {
    const tally = await run(stage);
    if (values.report !== undefined) await writeFile(values.report, JSON.stringify(tally));
    console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
    process.exitCode = tally.failed === 0 ? 0 : 1;
  } finally {
    await stage.relay.stop();
    await stage.upstream.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
