import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../fakes/free-port.ts';
import {
  eventually,
  newDataFolder,
  type RelayProcess,
  removeDataFolder,
  startRelayProcess,
} from '../../fakes/relay-process.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { startUpstream, type Upstream } from '../../fakes/upstream.ts';

const sessionCount = 20;
/** Acknowledged messages before each kill: different moments of the sessions' conversations. */
const killAfter = [60, 150, 260];

let relay: RelayProcess | undefined;
let upstream: Upstream | undefined;
let dataFolder: string | undefined;

afterEach(async () => {
  await relay?.kill();
  await upstream?.stop();
  if (dataFolder !== undefined) await removeDataFolder(dataFolder);
});

/** Sends numbered messages until the connection breaks; half of the sessions open a connection for each message. */
async function sendUntilBroken(port: number, session: string, onAcknowledged: (number: string) => void): Promise<void> {
  let dialogue: SmtpDialogue | undefined;
  try {
    for (let count = 0; ; count += 1) {
      if (dialogue === undefined) {
        dialogue = await SmtpDialogue.connect(port);
        await dialogue.expect('220');
        await dialogue.send('EHLO sender.test.invalid', '250');
      }
      const number = `${session}-${count}`;
      const body = `Subject: ${number}\r\n\r\n${number}\r\n${'x'.repeat(60)}\r\n`.repeat(1 + (count % 5));
      await dialogue.mail({ from: 'ca@test.invalid', to: ['pki@test.invalid'] }, body);
      onAcknowledged(number);
      if (session.endsWith('-even')) {
        dialogue.close();
        dialogue = undefined;
      }
    }
  } catch {
    // The relay was killed in the middle of a word: what was not answered with 250 does not count.
  } finally {
    dialogue?.close();
  }
}

const numbersAt = (gateway: Upstream): string[] =>
  gateway.messages.map(({ bytes }) => /^Subject: (\S+)\r$/m.exec(bytes.toString('latin1'))?.[1] ?? '');

test('every message answered with 250 is delivered after the process was killed, three times over', async () => {
  const folder = await newDataFolder();
  dataFolder = folder;
  const gatewayPort = await freePort();
  const smartHost = `127.0.0.1:${gatewayPort}`;
  const settings = { 'delivery.retryIntervals': '1s,1s,1s,1s' };
  const acknowledged = new Set<string>();

  for (const [round, enough] of killAfter.entries()) {
    const running = await startRelayProcess({ dataFolder: folder, smartHost, settings });
    relay = running;
    let inRound = 0;
    const sessions = Array.from({ length: sessionCount }, (_, index) =>
      sendUntilBroken(running.port, `${round}-${index}-${index % 2 === 0 ? 'even' : 'odd'}`, (number) => {
        acknowledged.add(number);
        inRound += 1;
      }),
    );
    await eventually(
      () => inRound,
      (count) => count >= enough,
    );
    await running.kill();
    await Promise.all(sessions);
  }

  const gateway = await startUpstream({ port: gatewayPort });
  upstream = gateway;
  const last = await startRelayProcess({ dataFolder: folder, smartHost, settings });
  relay = last;
  await eventually(
    () => last.json<{ total: number; recovering: boolean }>('queue', 'list', '--limit', '1'),
    ({ total, recovering }) => total === 0 && !recovering,
    45_000,
  );

  const arrived = numbersAt(gateway);
  const lost = [...acknowledged].filter((number) => !arrived.includes(number));
  expect(lost).toEqual([]);
  expect(arrived.length).toBeGreaterThanOrEqual(acknowledged.size);
  // Nothing was under way to the gateway when the process was killed, so nothing may come twice.
  expect(new Set(arrived).size).toBe(arrived.length);
}, 120_000);
