import { expect, test } from 'vitest';
import { ownerOf, parseNetstat, parseProcNet, parseSs, parseTask } from '../../../electron/checks/listening-sockets.ts';

const english = `
Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:25             0.0.0.0:0              LISTENING       2140
  TCP    127.0.0.1:25           127.0.0.1:49712        ESTABLISHED     2140
  TCP    127.0.0.1:49712        127.0.0.1:25           ESTABLISHED     880
  TCP    [::1]:25               [::]:0                 LISTENING       2140
`;
const german = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    127.0.0.1:25           0.0.0.0:0              ABH\u{99}REN         77
  TCP    10.1.2.3:25            10.9.9.9:50000         HERGESTELLT     77
`;

test('of netstat only what listens counts, in any language', () => {
  expect(parseNetstat(english)).toEqual([
    { address: '0.0.0.0', port: 25, processId: 2140, processName: null },
    { address: '::1', port: 25, processId: 2140, processName: null },
  ]);
  expect(parseNetstat(german.replaceAll('\n', '\r\n'))).toEqual([
    { address: '127.0.0.1', port: 25, processId: 77, processName: null },
  ]);
});

test('of ss, with the program where it is told', () => {
  const text = [
    'LISTEN 0      511        127.0.0.1:2525       0.0.0.0:*    users:(("node",pid=1234,fd=20))',
    'LISTEN 0      100          [::1]:25              [::]:*',
    'LISTEN 0      4096   127.0.0.53%lo:53         0.0.0.0:*',
    'LISTEN 0      511               *:80                *:*    users:(("nginx",pid=9,fd=6),("nginx",pid=8,fd=6))',
  ].join('\n');
  expect(parseSs(text)).toEqual([
    { address: '127.0.0.1', port: 2525, processId: 1234, processName: 'node' },
    { address: '::1', port: 25, processId: null, processName: null },
    { address: '127.0.0.53', port: 53, processId: null, processName: null },
    { address: '::', port: 80, processId: 9, processName: 'nginx', alsoHeldBy: [8] },
  ]);
});

test('of the kernel, where there is no ss', () => {
  const text = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid',
    '   0: 0100007F:0019 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0',
    '   1: 0100007F:0019 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0',
    '   2: 00000000000000000000000001000000:0019 00000000000000000000000000000000:0000 0A 00000000:00000000',
  ].join('\n');
  expect(parseProcNet(text)).toEqual([
    { address: '127.0.0.1', port: 25, processId: null, processName: null },
    { address: '::1', port: 25, processId: null, processName: null },
  ]);
});

test.each([
  ['"inetinfo.exe","2140","SMTPSVC"\r\n', 'inetinfo.exe (SMTPSVC)'],
  ['"svchost.exe","4","Dnscache,LanmanWorkstation"\r\n', 'svchost.exe (Dnscache,LanmanWorkstation)'],
  ['"node.exe","77","N/A"\r\n', 'node.exe'],
  ['"node.exe","77","Nicht zutreffend"\r\n', 'node.exe'],
  ['INFO: No tasks are running which match the specified criteria.\r\n', null],
])('of tasklist: %j', (text, name) => {
  expect(parseTask(text)).toBe(name);
});

test('an owner by all that is known of it', () => {
  const socket = { address: '::', port: 25, processId: 12, processName: 'smtpd' };
  expect(ownerOf(socket)).toBe('smtpd, 12');
  expect(ownerOf({ ...socket, processName: null })).toBe('12');
  expect(ownerOf({ ...socket, processId: null })).toBe('?');
});
