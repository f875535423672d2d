import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { patience, startInbound } from '../../fakes/inbound.ts';
import { relayCertificate } from '../../fakes/test-certificates.ts';

const word = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 12,
});

const line = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('EHLO ca01', 'HELO ca01', 'MAIL FROM:<a@b>', 'RCPT TO:<c@d>', 'DATA', '.', 'RSET'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('NOOP', 'QUIT', 'AUTH LOGIN', 'AUTH PLAIN', '*', 'Y2E=', 'VRFY x', 'HELP', ''),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('MAIL FROM:<a> SIZE=9', 'RCPT TO:<postmaster>', `NOOP ${'x'.repeat(5_000)}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('EHLO ', 'MAIL FROM:<', 'RCPT TO:', 'AUTH PLAIN ', ''), word)
      .map((parts) => parts.join('')),
  },
);

test('whatever a client says, in whatever pieces: replies, never a crash, and others are served', async () => {
  const { connect, greet, server, log, clock, intake } = await startInbound(
    {
      'access.basic': true,
      'access.basicRequiresTls': false,
      'domains.default': 'ca.example',
      'messages.badCommandLimit': 6,
    },
    { keyPair: relayCertificate },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 14 }),
      fc.array(fc.nat(400), { maxLength: 4 }),
      fc.constantFrom('halfClose', 'close', 'vanish'),
      async (lines, cuts, leave) => {
        const client = await connect();
        await client.expect('220');
        let rest = lines.map((text) => `${text}\r\n`).join('');
        for (const length of cuts) {
          client.sendBytes(rest.slice(0, length));
          rest = rest.slice(length);
          await new Promise((resolve) => setImmediate(resolve));
        }
        client.sendBytes(rest);
        client[leave]();
        if (leave === 'halfClose') await client.closed();
        client.close();
      },
    ),
    { numRuns: 300 },
  );
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
  await vi.waitFor(() => expect(clock.pendingTimers).toBe(0), patience);
  expect(log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  await vi.waitFor(() => expect(intake.counts.committed + intake.counts.aborted).toBe(intake.counts.begun), patience);
  await (await greet()).mail({ from: 'a@b', to: ['c@d'] }, 'hello\r\n', '250 2.6.0');
});
