import { expect, test } from 'vitest';
import { startInbound } from '../../fakes/inbound.ts';
import { converse } from '../../fakes/smtp-dialogue.ts';

const transaction = `
  C: HELO ca01
  S: 250
  C: MAIL FROM:<pki@ca01>
  S: 250 2.1.0
  C: RCPT TO:<ops@example.org>
  S: 250 2.1.5
  C: DATA
  S: 354
`;

test('EHLO announces what the relay can do, and nothing it cannot', async () => {
  const { connect } = await startInbound({ 'messages.sizeLimit': 2_097_152 });
  const client = await connect();
  expect(await client.expect('220')).toBe('220 relay.example.org ESMTP SMTP Relay Manager 9.8.7');
  const [hello, ...features] = (await client.send('EHLO ca01', '250')).split('\r\n').map((line) => line.slice(4));
  expect(hello).toBe('relay.example.org Hello [127.0.0.1]');
  expect(features.sort()).toEqual(['8BITMIME', 'DSN', 'ENHANCEDSTATUSCODES', 'PIPELINING', 'SIZE 2097152', 'SMTPUTF8']);
});

test('no size limit is announced as SIZE without a number', async () => {
  const { connect } = await startInbound({ 'messages.sizeLimit': null, 'delivery.fullyQualifiedName': '' });
  const client = await connect();
  await client.expect('220 CA01 ESMTP');
  expect(await client.send('EHLO ca01', '250')).toMatch(/^250.SIZE$/m);
  await client.send('MAIL FROM:<a@b> SIZE=99999999999', '250 2.1.0');
});

test('the CA: HELO with a bare name, a blank after the colon, a host without a dot', async () => {
  const { port, intake } = await startInbound();
  await converse(
    port,
    `
    S: 220 relay.example.org
    C: HELO CA01
    S: 250
    C: MAIL FROM: <pki-ca01@ca01>
    S: 250 2.1.0
    C: RCPT TO: <pki-operations@mail_gateway>
    S: 250 2.1.5
    C: DATA
    S: 354
    C: Subject: CRL
    C:
    C: .
    S: 250 2.6.0 <01TEST00000000000000000001> Queued mail for delivery
    C: QUIT
    S: 221 2.0.0
    S: END
    `,
  );
  expect(intake.kept.map(({ envelope, content }) => [envelope, content.toString()])).toEqual([
    [
      {
        sender: 'pki-ca01@ca01',
        recipients: [{ address: 'pki-operations@mail_gateway', dsn: {} }],
        receivedAtMs: Date.parse('2030-01-01T00:00:00Z'),
        clientAddress: '127.0.0.1',
        heloName: 'CA01',
        protocol: 'SMTP',
        body: '7BIT',
        smtpUtf8: false,
        dsn: {},
      },
      'Subject: CRL\r\n\r\n',
    ],
  ]);
});

test('parameters of RFC 3461, 6152 and 6531 are kept', async () => {
  const { port, intake } = await startInbound();
  await converse(
    port,
    `
    S: 220
    C: EHLO ca01
    S: 250
    C: MAIL FROM:<> RET=HDRS ENVID=QQ+2B1 BODY=8BITMIME SMTPUTF8
    S: 250 2.1.0
    C: RCPT TO:<a@example.org> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;first+2Blast@example.org
    S: 250 2.1.5
    C: RCPT TO:<b@xn--mnchen-3ya.example> NOTIFY=never
    S: 250 2.1.5
    C: RCPT TO:<c@example.org> NOTIFY=NEVER,DELAY
    S: 501 5.5.4
    C: DATA
    S: 354
    C: .
    S: 250 2.6.0
    `,
  );
  expect(intake.kept[0]?.envelope).toMatchObject({
    sender: '',
    recipients: [
      { address: 'a@example.org', dsn: { notify: ['SUCCESS', 'DELAY'], orcpt: 'rfc822;first+last@example.org' } },
      { address: 'b@xn--mnchen-3ya.example', dsn: { notify: ['NEVER'] } },
    ],
    protocol: 'UTF8SMTP',
    body: '8BITMIME',
    smtpUtf8: true,
    dsn: { ret: 'HDRS', envid: 'QQ+1' },
  });
});

test('an address beyond ASCII needs SMTPUTF8', async () => {
  const { port, intake } = await startInbound();
  await converse(
    port,
    `
    S: 220
    C: EHLO ca01
    S: 250
    X: MAIL FROM:<m\\xc3\\xbcller@example.org>\\r\\n
    S: 553 5.6.7
    C: MAIL FROM:<a@example.org>
    S: 250
    X: RCPT TO:<m\\xc3\\xbcller@example.org>\\r\\n
    S: 553 5.6.7
    X: RCPT TO:<a@m\\xc3\\xbcnchen.example>\\r\\n
    S: 250
    C: DATA
    S: 354
    C: .
    S: 250
    X: MAIL FROM:<m\\xc3\\xbcller@example.org> SMTPUTF8\\r\\n
    S: 250
    `,
  );
  expect(intake.kept[0]?.envelope.recipients[0]?.address).toBe('a@xn--mnchen-3ya.example');
});

test('several messages on one connection, RSET and NOOP between them', async () => {
  const { port, intake } = await startInbound();
  await converse(
    port,
    `
    S: 220
    ${transaction}
    C: one
    C: .
    S: 250 2.6.0
    C: MAIL FROM:<never@sent>
    S: 250
    C: RSET
    S: 250 2.0.0
    C: NOOP
    S: 250
    C: DATA
    S: 503
    ${transaction}
    C: two
    C: .
    S: 250 2.6.0
    `,
  );
  expect(intake.kept.map(({ content }) => content.toString())).toEqual(['one\r\n', 'two\r\n']);
});

test('a whole pipelined conversation in one write is answered in order', async () => {
  const { port, intake } = await startInbound();
  await converse(
    port,
    `
    S: 220
    X: EHLO ca01\\r\\nMAIL FROM:<a@b>\\r\\nRCPT TO:<c@d>\\r\\nDATA\\r\\nhello\\r\\n.\\r\\nQUIT\\r\\n
    S: 250
    S: 250 2.1.0
    S: 250 2.1.5
    S: 354
    S: 250 2.6.0
    S: 221
    S: END
    `,
  );
  expect(intake.kept).toHaveLength(1);
});

test('a client that closes its side without QUIT is not kept waiting for', async () => {
  const { port } = await startInbound();
  await converse(
    port,
    `
    S: 220
    C: HELO ca01
    S: 250
    X: FIN
    S: END
    `,
  );
});

test.each([
  { name: 'nothing offered: AUTH', line: 'AUTH LOGIN', reply: '500 5.5.2' },
  { name: 'nothing offered: STARTTLS', line: 'STARTTLS', reply: '500 5.5.2' },
  { name: 'no jokes', line: 'WIZ', reply: '500 5.5.2' },
  { name: 'a command named like a status', line: 'MESSAGE_TOO_BIG', reply: '500 ' },
  { name: 'mail before HELO', line: 'MAIL FROM:<a@b>', reply: '503 5.5.1' },
  { name: 'HELO without a name', line: 'HELO', reply: '501' },
  { name: 'no user names to find', line: 'VRFY postmaster', reply: '252 2.1.5' },
  { name: 'help', line: 'HELP', reply: '214 2.0.0' },
])('$name', async ({ line, reply }) => {
  const { connect } = await startInbound();
  const client = await connect();
  await client.expect('220');
  await client.send(line, reply);
});
