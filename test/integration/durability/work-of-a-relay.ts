/** Everything a relay writes for: mail taken in, tried again, deleted by an operator, picked up, settings saved. Numbered, and settled at the gateway. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Ports } from '../../../electron/base/ports.ts';
import { ProblemError } from '../../../shared/contract/problem.ts';
import { eventually } from '../../fakes/eventually.ts';
import { fastClock } from '../../fakes/fast-clock.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import type { Upstream } from '../../fakes/upstream.ts';
import { server1, startRelay, through, upstreamWith, type WholeRelay } from '../relay/stage.ts';

export interface RelayWork {
  readonly relay: WholeRelay;
  readonly gateway: Upstream;
  /** Mail that the relay answered for and that the gateway takes. */
  readonly promised: readonly string[];
  /** Mail that was refused: 452 and nothing else. */
  readonly refused: readonly string[];
  /** Everything once, while the disk may do what it likes; the relay answers all of it. */
  round(): Promise<void>;
  /** What is being sent at that moment is skipped: to be repeated by who needs one of them deleted. */
  deleteDoomed(): Promise<unknown>;
  /** By SMTP. @returns whether the relay took it. */
  send(kind: Kind): Promise<boolean>;
  /** Waits until all that was promised has been delivered, once each, and nothing else has. */
  settled(): Promise<void>;
}

/** 'later' is put off once, so that its state is stored; 'doomed' for good, until an operator deletes it. */
type Kind = 'mail' | 'later' | 'doomed';

export async function startWork(ports: Partial<Ports>): Promise<RelayWork> {
  const gateway = await upstreamWith({
    rcpt: (address, time) =>
      address.startsWith('doomed') || (address.startsWith('later') && time === 1)
        ? '450 4.2.0 Not now'
        : '250 2.1.5 Ok',
  });
  const relay = await startRelay(
    { ...through(gateway), 'delivery.retryIntervals': [1, 1, 1, 1] },
    { clock: fastClock(20), ...ports },
  );
  const pickup = join(relay.dataFolder, 'mailroot', '1', 'Pickup');
  const promised: string[] = [];
  const refused: string[] = [];
  let count = 0;

  const send: RelayWork['send'] = async (kind) => {
    count += 1;
    const address = `${kind}-${count}@example.org`;
    const reply = await replyTo(relay.port, address);
    expect(reply).toMatch(/^(250 2\.6\.0|452 4\.3\.1) /);
    const taken = reply.startsWith('250');
    if (kind !== 'doomed') (taken ? promised : refused).push(address);
    return taken;
  };

  const drop = async (): Promise<void> => {
    count += 1;
    const address = `mail-${count}@example.org`;
    const path = join(pickup, `${count}.eml`);
    await mkdir(pickup, { recursive: true });
    await writeFile(`${path}.tmp`, `x-sender: ca@example.org\r\nx-receiver: ${address}\r\nSubject: x\r\n\r\nx\r\n`);
    await rename(`${path}.tmp`, path);
    promised.push(address);
  };

  const deleteDoomed = (): Promise<unknown> =>
    relay.host.handlers['queue.delete']({ ...server1, target: { filter: { recipient: 'doomed' } }, report: false });

  /** The name is saved or it is not; what is in force is never something else. */
  const saveName = async (): Promise<void> => {
    const name = `Relay ${count}`;
    const nameInForce = async (): Promise<unknown> =>
      (await relay.host.handlers['settings.get'](server1)).values['general.name'];
    const before = await nameInForce();
    const saved = await relay.save({ 'general.name': name }).then(
      () => true,
      (error: unknown) => {
        expect(error).toBeInstanceOf(ProblemError);
        expect(error).toMatchObject({ problem: { code: 'storage' } });
        return false;
      },
    );
    expect(saved ? [name] : [before, name]).toContain(await nameInForce());
  };

  return {
    relay,
    gateway,
    promised,
    refused,
    send,
    deleteDoomed,
    async round() {
      await send('doomed');
      await Promise.all([drop(), send('mail'), send('later'), send('mail')]);
      await deleteDoomed();
      await saveName();
    },
    async settled() {
      await eventually(async () => {
        await deleteDoomed();
        return (await relay.rows()).map(({ recipient }) => recipient);
      }).toEqual([]);
      const arrived = (): string[] =>
        gateway.messages.flatMap(({ recipients }) => recipients.map(({ address }) => address));
      await eventually(() => arrived().length).toBeGreaterThanOrEqual(promised.length);
      expect(arrived().sort()).toEqual([...promised].sort());
    },
  };
}

/** What the relay says to the whole message, at whatever step it says no. */
async function replyTo(port: number, address: string): Promise<string> {
  const client = await SmtpDialogue.connect(port);
  try {
    await client.expect('220');
    await client.send('EHLO CA01', '250');
    await client.send('MAIL FROM:<ca@example.org>', '250');
    await client.send(`RCPT TO:<${address}>`, '250');
    const go = await client.send('DATA', '');
    if (!go.startsWith('354')) return go;
    client.sendBytes(`Subject: x\r\n\r\n${'x'.repeat(70)}\r\n.\r\n`);
    const reply = await client.expect('');
    // Whatever became of the message, the conversation goes on.
    await client.send('NOOP', '250');
    return reply;
  } finally {
    client.close();
  }
}
