/** The public clients, each with its own way of saying the same. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MailClient, runClient } from './client.ts';

const certificateName = 'relay.example.org';

const swaks: MailClient = {
  name: 'swaks',
  command: 'swaks',
  versionArgs: ['--version'],
  send: async ({ port, from, to, file, tls, login }) => {
    // It puts a line end of its own before the final dot.
    const content = (await readFile(file)).subarray(0, -'\r\n'.length);
    const args = [
      ...['--server', '127.0.0.1', '--port', String(port), '--helo', 'CA01', '--timeout', '30'],
      ...['--from', from, '--to', to.join(','), '--data', '-'],
      ...{ none: [], starttls: ['--tls'], implicit: ['--tls-on-connect'] }[tls],
      ...(login === undefined ? [] : ['--auth', 'LOGIN', '--auth-user', login.user, '--auth-password', login.password]),
    ];
    return await runClient('swaks', args, content);
  },
};

const msmtp: MailClient = {
  name: 'msmtp',
  command: 'msmtp',
  versionArgs: ['--version'],
  send: async ({ port, from, to, file, tls, login }) =>
    runClient(
      'msmtp',
      [
        ...[
          '--file=/dev/null',
          '--host=127.0.0.1',
          `--port=${port}`,
          '--domain=CA01',
          `--from=${from}`,
          '--timeout=30',
        ],
        ...(tls === 'none' ? ['--tls=off'] : ['--tls=on', '--tls-certcheck=off']),
        ...(tls === 'implicit' ? ['--tls-starttls=off'] : []),
        ...(login === undefined
          ? ['--auth=off']
          : ['--auth=plain', `--user=${login.user}`, `--passwordeval=printf %s '${login.password}'`]),
        '--',
        ...to,
      ],
      await readFile(file),
    ),
};

/** Checks the certificate as well: by the name of the relay, which leads to this computer. */
const curl: MailClient = {
  name: 'curl',
  command: 'curl',
  versionArgs: ['--version'],
  send: ({ port, from, to, file, tls, login, authorityFile }) =>
    runClient('curl', [
      ...['--silent', '--show-error', '--max-time', '50', '--noproxy', '*'],
      ...['--resolve', `${certificateName}:${port}:127.0.0.1`, '--cacert', authorityFile],
      ...['--mail-from', from, ...to.flatMap((address) => ['--mail-rcpt', address]), '--upload-file', file],
      ...(tls === 'starttls' ? ['--ssl-reqd'] : []),
      ...(login === undefined ? [] : ['--user', `${login.user}:${login.password}`]),
      `${tls === 'implicit' ? 'smtps' : 'smtp'}://${certificateName}:${port}/CA01`,
    ]),
};

const python: MailClient = {
  name: 'Python smtplib',
  command: 'python3',
  versionArgs: ['-c', 'import smtplib, ssl'],
  send: (delivery) =>
    runClient(
      'python3',
      [join(import.meta.dirname, 'send.py')],
      Buffer.from(JSON.stringify({ ...delivery, certificateName })),
    ),
};

export const clients: readonly MailClient[] = [swaks, msmtp, curl, python];
