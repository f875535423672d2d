import { expect, test } from 'vitest';
import type { DesktopRelay } from '../../../electron/main/relay.ts';
import { createRelayDesk } from '../../../electron/main/relay-desk.ts';
import type { FrameChannel } from '../../../shared/contract/frames.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const denied = () => problem('notPossible', 'not for this account', { parameters: { reason: 'accessDenied' } });

/** Each opening gets the next answer. */
function createDesk(answers: readonly ('hosted' | 'attached' | Error)[]) {
  const happened: string[] = [];
  const clock = new FakeClock();
  let opened = 0;
  const relay = (kind: 'hosted' | 'attached', number: number): DesktopRelay => {
    const connect = () => void happened.push(`page to ${kind} ${number}`);
    if (kind === 'attached') return { kind, connect };
    const stop = async () => void happened.push(`${kind} ${number} stopped`);
    return { kind, connect, stop, onChange: () => {}, controls: {} as never };
  };
  const desk = createRelayDesk({
    openRelay: async () => {
      const answer = answers[opened];
      opened += 1;
      if (answer === undefined) throw new Error('opened too often');
      if (answer instanceof Error) throw answer;
      happened.push(`${answer} ${opened} opened`);
      return relay(answer, opened);
    },
    clock,
    log: new MemoryLog(),
    onChange: () => void happened.push(desk.state()),
    onLost: (error) => void happened.push(`lost: ${String(error)}`),
  });
  return { desk, happened, clock };
}

const page = (happened: string[]): FrameChannel => ({
  send: () => {},
  onFrame: () => {},
  onClose: () => {},
  close: () => void happened.push('page closed'),
});

test('a page that is there first waits for the relay', async () => {
  const { desk, happened } = createDesk(['hosted']);
  const opening = desk.open();
  desk.connect(page(happened));
  await opening;
  expect(happened).toEqual(['hosted 1 opened', 'hosted', 'page to hosted 1']);
});

test('a relay that can not be opened is a failed start', async () => {
  const { desk } = createDesk([problem('storage', 'settings.json can not be read')]);
  await expect(desk.open()).rejects.toThrow('settings.json');
});

test('without rights the window stays and the relay is looked for again', async () => {
  const { desk, happened, clock } = createDesk([denied(), denied(), 'attached']);
  const opening = desk.open();
  await clock.advance(0);
  expect(desk.state()).toBe('noRights');
  desk.connect(page(happened));
  await clock.advance(5_000);
  expect(happened).toEqual(['noRights']);
  await clock.advance(5_000);
  await opening;
  expect(happened).toEqual(['noRights', 'attached 3 opened', 'attached', 'page to attached 3']);
});

test('the relay becomes a service: ours ends before, its one is opened after', async () => {
  const { desk, happened } = createDesk(['hosted', 'attached']);
  await desk.open();
  const answer = await desk.handOver(async () => {
    happened.push('change');
    desk.connect(page(happened));
    return 'installed';
  });
  expect(answer).toBe('installed');
  expect(happened.slice(2)).toEqual([
    'opening',
    'hosted 1 stopped',
    'change',
    'attached 2 opened',
    'page to attached 2',
    'attached',
  ]);
});

test('a change that fails gives the relay back to the window, and tells why', async () => {
  const { desk, happened } = createDesk(['hosted', 'hosted']);
  await desk.open();
  await expect(desk.handOver(() => Promise.reject(new Error('sc.exe: error 1053')))).rejects.toThrow('1053');
  expect(happened.slice(2)).toEqual(['opening', 'hosted 1 stopped', 'hosted 2 opened', 'hosted']);
});

test('a service that is removed leaves its relay to the window', async () => {
  const { desk, happened } = createDesk(['attached', 'hosted']);
  await desk.open();
  await desk.handOver(async () => void happened.push('removed'));
  expect(happened.slice(2)).toEqual(['opening', 'removed', 'hosted 2 opened', 'hosted']);
});

test('one change at a time', async () => {
  const { desk } = createDesk(['hosted', 'hosted']);
  await desk.open();
  const first = desk.handOver(async () => 1);
  await expect(desk.handOver(async () => 2)).rejects.toMatchObject({ problem: { code: 'notPossible' } });
  expect(await first).toBe(1);
});

test('no relay after a change is told, and pages are let go', async () => {
  const { desk, happened } = createDesk(['hosted', problem('storage', 'the disk is full')]);
  await desk.open();
  const change = desk.handOver(async () => desk.connect(page(happened)));
  await change;
  expect(happened.slice(-2).sort()).toEqual(['lost: ProblemError: the disk is full', 'page closed']);
});

test('the end stops a relay of our own, also one that is just being opened', async () => {
  const { desk, happened } = createDesk(['hosted']);
  const opening = desk.open();
  await desk.stop();
  await opening;
  expect(happened).toEqual(['hosted 1 opened', 'hosted 1 stopped']);
});

test('the end does not wait for rights, and leaves other relays alone', async () => {
  const { desk: waiting, clock } = createDesk([denied()]);
  void waiting.open();
  await clock.advance(0);
  await waiting.stop();
  const { desk, happened } = createDesk(['attached']);
  await desk.open();
  await desk.stop();
  expect(happened).toEqual(['attached 1 opened', 'attached']);
});

test('an application that ends during a change opens nothing after it', async () => {
  const { desk, happened } = createDesk(['hosted']);
  await desk.open();
  let ending: Promise<void> = Promise.resolve();
  await desk.handOver(async () => {
    ending = desk.stop();
  });
  await ending;
  expect(happened.slice(2)).toEqual(['opening', 'hosted 1 stopped']);
});
