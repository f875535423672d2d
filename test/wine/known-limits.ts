/** Tests that can't pass under Wine, one by one. `npm run test:wine` fails when one of them is not found any more. */

export interface KnownLimit {
  readonly file: string;
  /** As vitest shows it, groups before it. */
  readonly test: string;
  readonly reason: string;
}

const noSigterm =
  'Windows has no SIGTERM: to end a process from outside is to kill it. service.test.ts stops in order.';

export const knownLimits: readonly KnownLimit[] = [
  {
    file: 'test/integration/cli/config-offline.test.ts',
    test: 'a folder whose owner does not answer is left alone',
    reason: 'On Windows an owner is known by its pipe, and this one has none.',
  },
  {
    file: 'test/integration/cli/serve.test.ts',
    test: 'prints ready when it listens, answers, and ends with 0 on SIGTERM',
    reason: noSigterm,
  },
  {
    file: 'test/integration/cli/serve.test.ts',
    test: 'the log goes to standard error once the relay is ready',
    reason: noSigterm,
  },
  {
    file: 'test/integration/delivery/conversation.test.ts',
    test: 'a server that refuses everything with 421 at a recipient, aft…, pipelining true',
    reason: 'Windows drops what was received and not read when the other side resets the connection.',
  },
  {
    file: 'test/integration/host/pipe.test.ts',
    test: 'where there is a file in its place, the client says that no relay is running',
    reason: 'A named pipe is never a file.',
  },
  {
    file: 'test/integration/relay/exit-module.test.ts',
    test: 'the eight messages of the CA wait while the gateway is down and arrive byte for byte when it is up',
    reason: noSigterm,
  },
  {
    file: 'test/integration/smtp/data.test.ts',
    test: 'a message that was received in full is kept even if the client does not wait for the answer',
    reason: 'A reset between two reads is told by Wine as the end of what the client sends.',
  },
  {
    file: 'test/integration/spool/spool-recovery.test.ts',
    test: '20,000 messages are found again, in order of arrival, with new mail coming in meanwhile',
    reason: 'Wine opens some hundred files a second: it would take minutes.',
  },
];
