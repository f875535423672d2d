import { expect, test } from 'vitest';
import { createEventLog, type RunProgram } from '../../../electron/base/node-event-log.ts';
import type { SystemEvent } from '../../../electron/base/ports.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const event: SystemEvent = { eventId: 120, severity: 'warning', text: 'mail.example.org cannot be reached' };

function onWindows(run: RunProgram) {
  const log = new MemoryLog();
  return { log, eventLog: createEventLog({ platform: 'win32', systemRoot: 'D:\\Win', journal: null, log, run }) };
}

test('Windows: eventcreate of the system folder with an argument each', () => {
  const runs: unknown[] = [];
  const { eventLog } = onWindows((file, args, done) => {
    runs.push([file, ...args]);
    done(null);
  });
  eventLog.write(event);
  expect(runs).toEqual([
    [
      'D:\\Win\\System32\\eventcreate.exe',
      '/L',
      'APPLICATION',
      '/SO',
      'SmtpRelay',
      '/T',
      'WARNING',
      '/ID',
      '120',
      '/D',
      'mail.example.org cannot be reached',
    ],
  ]);
});

test.each([
  ['//S other-computer', 'S other-computer'],
  ['two\r\nlines "quoted"', 'two lines  quoted'],
  ['', '-'],
  ['x'.repeat(5_000), 'x'.repeat(1_000)],
])('the text %# is one argument that is no option', (text, written) => {
  let found = '';
  const { eventLog } = onWindows((_file, args, done) => {
    found = args.at(-1) ?? '';
    done(null);
  });
  eventLog.write({ ...event, text });
  expect(found).toBe(written);
});

test('one program at a time, in order, and not without end', () => {
  const waiting: (() => void)[] = [];
  const texts: string[] = [];
  const { eventLog } = onWindows((_file, args, done) => {
    texts.push(args.at(-1) ?? '');
    waiting.push(() => done(null));
  });
  for (let count = 1; count <= 100; count += 1) eventLog.write({ ...event, text: `event ${count}` });
  expect(texts).toEqual(['event 1']);
  for (let done = waiting.shift(); done !== undefined; done = waiting.shift()) done();
  expect(texts).toHaveLength(51);
  expect(texts.at(-1)).toBe('event 51');
});

test('a program that fails is logged once and stops nothing', () => {
  const { eventLog, log } = onWindows((_file, _args, done) => done(new Error('access denied')));
  eventLog.write(event);
  eventLog.write(event);
  expect(log.entries.map(({ fields }) => fields.reason)).toEqual(['access denied']);
});

test('elsewhere the journal gets a line with its priority, and without a journal nobody is told twice', () => {
  let text = '';
  const log = new MemoryLog();
  const journal = { write: (line: string) => (text += line) };
  createEventLog({ platform: 'linux', systemRoot: undefined, journal, log }).write({ ...event, severity: 'error' });
  expect(text).toBe('<3>event 120: mail.example.org cannot be reached\n');
  createEventLog({ platform: 'linux', systemRoot: undefined, journal: null, log }).write(event);
});
