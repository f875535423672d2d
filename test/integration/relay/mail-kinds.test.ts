/** Mail of every kind through the whole relay: eight bits, addresses of every script, wishes for reports. */
import { expect, test } from 'vitest';
import { wellBehaved } from '../../fakes/upstream-behaviour.ts';
import { startRelay, through, until, upstreamWith } from './stage.ts';

const without = (...names: readonly string[]): { extensions: string[] } => ({
  extensions: wellBehaved.extensions.filter((extension) => !names.includes(extension)),
});

const umlauts = Buffer.from(
  'From: ca@corp.example\r\nSubject: =?utf-8?Q?f=C3=BCr?=\r\nMIME-Version: 1.0\r\n' +
    'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nfür Süd\r\n',
);

test('8BITMIME: as it came to a next hop that knows it, in seven bits and with the same text to one that does not', async () => {
  const [knows, knowsNot] = [await upstreamWith(), await upstreamWith(without('8BITMIME'))];
  for (const upstream of [knows, knowsNot]) {
    const relay = await startRelay(through(upstream));
    await relay.send({ parameters: 'BODY=8BITMIME', content: umlauts });
    await relay.empty();
  }
  expect(knows.messages[0]?.mailParameters).toContain('BODY=8BITMIME');
  const sent = knows.messages[0]?.bytes ?? Buffer.alloc(0);
  expect(sent.subarray(sent.indexOf('From: ca@')).equals(umlauts)).toBe(true);
  const converted = knowsNot.messages[0]?.bytes ?? Buffer.alloc(0);
  expect(knowsNot.messages[0]?.mailParameters).not.toContain('BODY=8BITMIME');
  expect(converted.every((octet) => octet < 128)).toBe(true);
  expect(converted.toString()).toMatch(/^Content-Transfer-Encoding: quoted-printable\r$/m);
  expect(converted.toString()).toContain('f=C3=BCr S=C3=BCd');
});

test('8BITMIME: signed mail is not changed; the sender hears why a next hop of seven bits cannot have it', async () => {
  const upstream = await upstreamWith(without('8BITMIME'));
  const relay = await startRelay(through(upstream));
  const lines = [
    'From: ca@corp.example',
    'MIME-Version: 1.0',
    'Content-Type: multipart/signed; boundary=x; micalg=sha-256; protocol="application/pkcs7-signature"',
    '',
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    'für',
    '--x',
    'Content-Type: application/pkcs7-signature',
    'Content-Transfer-Encoding: base64',
    '',
    'AAAA',
    '--x--',
    '',
  ];
  await relay.send({ parameters: 'BODY=8BITMIME', content: Buffer.from(lines.join('\r\n')) });
  await until(() => upstream.messages.length === 1);
  expect(upstream.messages[0]).toMatchObject({ sender: '', recipients: [{ address: 'ca@corp.example' }] });
  expect(upstream.messages[0]?.bytes.toString()).toContain('Status: 5.6.3\r\n');
  await relay.empty();
});

test('SMTPUTF8: an address of another script goes to a next hop that knows it, and comes back from one that does not', async () => {
  const [knows, knowsNot] = [await upstreamWith(), await upstreamWith(without('SMTPUTF8'))];
  for (const upstream of [knows, knowsNot]) {
    const relay = await startRelay(through(upstream));
    await relay.send({ parameters: 'SMTPUTF8', to: ['jürgen@example.org', 'eva@example.org'] });
    await relay.empty();
  }
  expect(knows.messages).toMatchObject([
    { recipients: [{ address: 'jürgen@example.org' }, { address: 'eva@example.org' }] },
  ]);
  expect(knows.messages[0]?.mailParameters).toContain('SMTPUTF8');
  const [mail, report] = knowsNot.messages;
  expect(mail).toMatchObject({ sender: 'ca@corp.example', recipients: [{ address: 'eva@example.org' }] });
  expect(report).toMatchObject({ sender: '', recipients: [{ address: 'ca@corp.example' }] });
  expect(report?.bytes.toString()).toContain('5.6.7');
});

test('DSN: what the client asks for goes along to a next hop that knows it, and nothing is reported here', async () => {
  const upstream = await upstreamWith();
  const relay = await startRelay(through(upstream));
  await relay.send({
    parameters: 'RET=HDRS ENVID=QQ+2B314',
    to: ['eva@example.org> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;e+2Bva@example.org', 'otto@example.org> NOTIFY=NEVER'],
  });
  await relay.empty();
  expect(upstream.messages).toHaveLength(1);
  const [message] = upstream.messages;
  expect(message?.mailParameters).toContain('RET=HDRS');
  expect(message?.mailParameters).toContain('ENVID=QQ+2B314');
  expect(message?.recipients).toEqual([
    { address: 'eva@example.org', parameters: 'NOTIFY=SUCCESS,DELAY ORCPT=rfc822;e+2Bva@example.org' },
    { address: 'otto@example.org', parameters: 'NOTIFY=NEVER' },
  ]);
});

test('DSN: a next hop without it: one report says relayed for whoever wanted to know; NEVER stays never on a failure', async () => {
  const upstream = await upstreamWith({
    ...without('DSN'),
    rcpt: (address) => (address === 'never@example.org' ? '550 5.1.1 Unknown' : '250 2.1.5 Ok'),
  });
  const relay = await startRelay(through(upstream));
  await relay.send({
    parameters: 'ENVID=QQ314',
    to: [
      'eva@example.org> NOTIFY=SUCCESS ORCPT=rfc822;Eva@example.org',
      'never@example.org> NOTIFY=NEVER',
      'otto@example.org',
    ],
  });
  await relay.empty();
  expect(upstream.messages).toHaveLength(2);
  const [mail, report] = upstream.messages;
  expect(mail?.mailParameters).not.toMatch(/ENVID|RET/);
  const text = report?.bytes.toString() ?? '';
  expect(text).toContain('Original-Envelope-Id: QQ314\r\n');
  expect(text).toMatch(/^Original-Recipient: rfc822; ?Eva@example\.org\r$/m);
  expect(text).toContain('Final-Recipient: rfc822; eva@example.org\r\nAction: relayed\r\n');
  expect(text).not.toContain('never@example.org');
  expect(text).not.toContain('otto@example.org');
});

test('a large message arrives byte for byte, dots at line starts and long lines included', async () => {
  const upstream = await upstreamWith();
  const relay = await startRelay(through(upstream));
  const lines = Array.from({ length: 40_000 }, (_, index) => `${'.'.repeat(index % 4)}${'x'.repeat(index % 998)}`);
  const content = `Subject: large\r\n\r\n${lines.join('\r\n').slice(0, 9_000_000)}\r\n`;
  await relay.send({ content });
  await relay.empty();
  const arrived = upstream.messages[0]?.bytes.toString('latin1') ?? '';
  expect(arrived.length).toBeGreaterThan(8_000_000);
  expect(arrived.slice(arrived.indexOf('Subject: large')) === content).toBe(true);
});
