/** Somebody sets the clock, the computer sleeps for days, summer time begins: mail is neither given up nor sent again and again. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../fakes/eventually.ts';
import { freePort } from '../../fakes/free-port.ts';
import { mailTo } from '../../fakes/mail.ts';
import type { Upstream } from '../../fakes/upstream.ts';
import type { Relay } from '../delivery/relay.ts';
import { atRest, createTestBed, through } from '../delivery/test-bed.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const messageCount = 50;

let bed: ReturnType<typeof createTestBed>;
const usualZone = process.env.TZ;
beforeEach(() => {
  bed = createTestBed();
});
afterEach(async () => {
  await bed.stopAll();
  if (usualZone === undefined) delete process.env.TZ;
  else process.env.TZ = usualZone;
});

const addresses = Array.from({ length: messageCount }, (_, index) => `a${index}@x.example`);
const putAll = async (relay: Relay): Promise<void> => {
  for (const address of addresses) await relay.spool.put(mailTo([address]));
};
/** That mail was late may be told, once each; that it failed must not be. */
const failures = (upstream: Upstream): number =>
  upstream.messages.filter(({ bytes }) => bytes.includes('Action: failed')).length;
const recipients = (upstream: Upstream): string[] =>
  upstream.messages
    .filter(({ sender }) => sender !== '')
    .flatMap((message) => message.recipients.map(({ address }) => address))
    .sort();

/** Somebody sets the clock, and mail comes in: that is how a clock set back is noticed at once. */
async function jump(relay: Relay, byMs: number): Promise<void> {
  relay.clock.setTo(relay.clock.now() + byMs);
  await relay.spool.put(mailTo(['new@x.example'], { receivedAtMs: relay.clock.now() }));
  if (byMs < 0) await eventually(() => relay.log.of('clock set back').length).toBe(1);
  await atRest(relay);
}

/** Longer than the longest interval: nobody waits longer, whatever the clock was before. */
async function anHourPasses(relay: Relay): Promise<void> {
  for (let step = 0; step < 11; step += 1) {
    await relay.clock.advance(6 * minuteMs);
    await atRest(relay);
  }
}

const jumps = [
  { what: 'sleeps for three days', byMs: 3 * dayMs },
  { what: 'is set ahead by a year', byMs: 365 * dayMs },
  { what: 'is set back by an hour', byMs: -60 * minuteMs },
  { what: 'is set back by a year', byMs: -365 * dayMs },
];

test.each(jumps)(
  'mail was put off and the clock $what: each is tried once more, and none is given up',
  async ({ byMs }) => {
    const upstream = await bed.upstreamWith({ rcpt: (_address, time) => (time === 1 ? '450 4.2.1 Busy' : '250 Ok') });
    const relay = bed.relayWith(through(upstream));
    await putAll(relay);
    await atRest(relay);
    await jump(relay, byMs);
    await anHourPasses(relay);
    await eventually(() => relay.spool.size).toBe(0);
    expect(recipients(upstream)).toEqual([...addresses, 'new@x.example'].sort());
    expect(failures(upstream)).toBe(0);
    const tried = upstream.commands.filter((command) => command.startsWith('RCPT TO:<a0@'));
    expect(tried).toHaveLength(2);
  },
);

test.each(jumps)(
  'the gateway was down and the clock $what: it is probed, not stormed, and nothing is given up',
  async ({ byMs }) => {
    const port = await freePort();
    const relay = bed.relayWith(through(port));
    await putAll(relay);
    await eventually(() => relay.delivery.unreachable().length).toBe(1);
    await atRest(relay);
    const before = relay.log.of('attempt').length;
    await jump(relay, byMs);
    await relay.clock.advance(minuteMs);
    await atRest(relay);
    const waiting = [...relay.spool.entries()].filter(({ sender }) => sender !== '');
    expect(waiting).toHaveLength(messageCount + 1);
    expect(relay.log.of('attempt').length - before).toBeLessThan(5);
    const upstream = await bed.upstreamWith({ port });
    await anHourPasses(relay);
    await eventually(() => relay.spool.size).toBe(0);
    expect(recipients(upstream)).toEqual([...addresses, 'new@x.example'].sort());
    expect(failures(upstream)).toBe(0);
  },
);

/** In the hour in which Berlin and New York change their clocks, forward and back. */
const changes = [
  { change: 'summer time begins in Berlin', at: '2030-03-31T00:30:00Z' },
  { change: 'summer time ends in Berlin', at: '2030-10-27T00:30:00Z' },
  { change: 'summer time begins in New York', at: '2030-03-10T06:30:00Z' },
  { change: 'summer time ends in New York', at: '2030-11-03T05:30:00Z' },
];
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];

test.each(changes)('$change: attempts come by the intervals, whatever the zone', async ({ at }) => {
  const triedAt = new Map<string, number[]>();
  const offsets = new Set<number>();
  for (const zone of zones) {
    process.env.TZ = zone;
    const times: number[] = [];
    let relay: Relay | null = null;
    const startMs = Date.parse(at);
    const upstream = await bed.upstreamWith({
      rcpt: () => {
        times.push((relay?.clock.now() ?? startMs) - startMs);
        return times.length < 6 ? '450 4.2.1 Busy' : '250 Ok';
      },
    });
    relay = bed.relayWith(through(upstream), undefined, { startsAt: at });
    offsets.add(new Date(startMs).getTimezoneOffset());
    await relay.spool.put(mailTo(['a@x.example'], { receivedAtMs: startMs }));
    for (let minute = 0; minute < 200 && relay.spool.size > 0; minute += 1) {
      await relay.clock.advance(minuteMs);
      await atRest(relay);
    }
    await eventually(() => upstream.messages.length).toBe(1);
    triedAt.set(zone, times);
  }
  // The zone is in force, or this would show nothing.
  expect(offsets.size).toBeGreaterThan(2);
  const inUtc = triedAt.get('UTC') ?? [];
  expect(inUtc).toHaveLength(6);
  for (const zone of zones) expect(triedAt.get(zone), zone).toEqual(inUtc);
});
