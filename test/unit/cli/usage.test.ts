import { expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { runCliHere } from '../../fakes/memory-terminal.ts';

const ports = nodePorts({ log: new MemoryLog() });
const id = '01KAT5Q2VFM8ZT4E0000000000';

test.each([
  [['frobnicate'], "unknown command 'frobnicate'"],
  [['queue'], 'Usage: smtp-relay queue'],
  [['queue', 'list', '--limit', '0'], 'It takes a whole number from 1'],
  [['queue', 'list', '--state', 'gone'], 'The states are ready, sending, retry, held, failed.'],
  [['queue', 'show'], "missing required argument 'id'"],
  [['queue', 'show', id, '--source', '--json'], 'cannot be used with'],
  [['queue', 'delete'], 'name messages by their ids, choose them with options'],
  [['queue', 'delete', id, '--all'], 'name messages by their ids, choose them with options'],
  [['queue', 'delete', '--all', '--from', 'x'], 'choose them with options such as --from, or take all with --all'],
  [['queue', 'list', '--older-than', 'soon'], 'It takes an age such as 30m, 4h or 2d.'],
  [['queue', 'list', '--larger-than', 'big'], 'It takes a size such as 512KB or 10MB.'],
  [['queue', 'export', id], "required option '--into <folder>' not specified"],
  [['server', 'delete'], "missing required argument 'number'"],
  [['check', 'relay', 'ca01'], 'It takes an IP address.'],
  [['queue', 'retry', '--ndr', id], "unknown option '--ndr'"],
  [['send-test'], "required option '--to <address>' not specified"],
  [['status', '--data', ''], 'It takes the path of a folder.'],
  [['status', '--server', 'x'], 'A virtual server is named by its number'],
  [['serve', '--console', 'x'], 'It takes a whole number from 0 to 65535.'],
])('%j is wrong usage: 2, and why', async (args, sentence) => {
  const { exitCode, stdout, stderr } = await runCliHere(args, ports);
  expect(stderr).toContain(sentence);
  expect([exitCode, stdout]).toEqual([2, '']);
});

test('help and version are no errors', async () => {
  const help = await runCliHere(['queue', 'list', '--help'], ports);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  expect(help.stdout).toContain('--data <folder>');
  expect((await runCliHere(['--version'], ports)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
