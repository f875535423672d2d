import { expect, test } from 'vitest';
import { startInbound } from '../../fakes/inbound.ts';

test.each([
  { line: 'MAIL FROM:<a@b> X=1', reply: '555 5.5.4' },
  { line: 'MAIL FROM:<a@b> NOTIFY=NEVER', reply: '555 5.5.4' },
  { line: 'MAIL FROM:<a@b> BODY=BINARYMIME', reply: '501' },
  { line: 'MAIL FROM:<a@b> SIZE=ten', reply: '501' },
  { line: 'MAIL FROM:<a@b> SIZE', reply: '501' },
  { line: 'MAIL FROM:<a@b> RET=ALL', reply: '501' },
  { line: 'MAIL FROM:<a@b> ENVID=a+zz', reply: '501 5.5.4' },
  { line: 'MAIL FROM:<a@b> SIZE=1 SIZE=2', reply: '501' },
  { line: 'MAIL FROM:<a@b> =1', reply: '501 5.5.4' },
  { line: 'MAIL FROM:<a@b> SIZE=1 BODY=7BIT RET=FULL ENVID=x AUTH=<> SMTPUTF8', reply: '250' },
])('$line: $reply', async ({ line, reply }) => {
  const client = await (await startInbound()).greet();
  await client.send(line, reply);
});

test.each([
  { line: 'RCPT TO:<c@d> X=1', reply: '555 5.5.4' },
  { line: 'RCPT TO:<c@d> SIZE=1', reply: '555 5.5.4' },
  { line: 'RCPT TO:<c@d> NOTIFY=NEVER,FAILURE', reply: '501' },
  { line: 'RCPT TO:<c@d> NOTIFY=SOMETIMES', reply: '501' },
  { line: 'RCPT TO:<c@d> ORCPT=c@d', reply: '501' },
  { line: 'RCPT TO:<c@d> ORCPT=rfc822;c+4', reply: '501 5.5.4' },
  { line: 'RCPT TO:<c@d> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;c+40d', reply: '250' },
])('$line: $reply', async ({ line, reply }) => {
  const client = await (await startInbound()).greet();
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send(line, reply);
});

test('after HELO there are no parameters', async () => {
  const { connect } = await startInbound();
  const client = await connect();
  await client.expect('220');
  await client.send('HELO ca01', '250');
  await client.send('MAIL FROM:<a@b> SIZE=1', '555 5.5.4');
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send('RCPT TO:<c@d> NOTIFY=NEVER', '555 5.5.4');
  await client.send('RCPT TO:<c@d>', '250');
});

test('domains.default: appended to addresses without a domain, the postmaster included', async () => {
  const { greet, intake } = await startInbound({ 'domains.default': 'ca.example.org', 'access.relayList': [] });
  const client = await greet();
  await client.send('MAIL FROM: <pki> BODY=8BITMIME', '250');
  await client.send('RCPT TO:<PostMaster>', '250');
  await client.send('RCPT TO:<Operators> NOTIFY=NEVER', '250');
  await client.send('RCPT TO:<x@elsewhere.example>', '550 5.7.1');
  await client.send('DATA', '354');
  await client.send('.', '250');
  await client.send('MAIL FROM:<>', '250');
  await client.send('RCPT TO:<>', '501');
  expect(intake.kept[0]?.envelope).toMatchObject({
    sender: 'pki@ca.example.org',
    body: '8BITMIME',
    recipients: [
      { address: 'postmaster@ca.example.org', dsn: {} },
      { address: 'Operators@ca.example.org', dsn: { notify: ['NEVER'] } },
    ],
  });
});

test('domains.default empty: addresses need a domain, and nobody reads the postmaster', async () => {
  const { greet } = await startInbound();
  const client = await greet();
  await client.send('MAIL FROM:<pki>', '501');
  await client.send('MAIL FROM:<pki@ca>', '250');
  await client.send('RCPT TO:<operators>', '501');
  await client.send('RCPT TO:<Postmaster>', '550 5.1.1');
});
