import { expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const ports = nodePorts({ log: new MemoryLog() });

test('an action runs after its delay, a cancelled one never', async () => {
  const ran: string[] = [];
  await new Promise<void>((resolve) => {
    ports.clock.after(5, () => ran.push('cancelled'))();
    // Due together with or after the cancelled one; timers of equal delay run in order.
    ports.clock.after(5, () => ran.push('kept'));
    ports.clock.after(30, resolve);
    // Timers of the port don't keep a process alive; this one does until the test is over.
    const alive = setInterval(() => ran.includes('kept') && clearInterval(alive), 5);
  });
  expect(ran).toEqual(['kept']);
});

test('a delay longer than a timer can be does not fire at once', async () => {
  let fired = false;
  const cancel = ports.clock.after(30 * 86_400_000, () => {
    fired = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  cancel();
  expect(fired).toBe(false);
});

test('addresses: literals are themselves, names are looked up with the hosts file', async () => {
  expect(await ports.dns.addresses('192.0.2.1')).toEqual(['192.0.2.1']);
  expect(await ports.dns.addresses('2001:db8::1')).toEqual(['2001:db8::1']);
  const found = await ports.dns.addresses('localhost');
  expect(found.length).toBeGreaterThan(0);
  for (const address of found) expect(['127.0.0.1', '::1']).toContain(address);
});

test('a name that does not exist is rejected with a code', async () => {
  await expect(ports.dns.addresses('no-such-host.invalid')).rejects.toHaveProperty('code');
});

test('the addresses of this machine include loopback', () => {
  expect(ports.ownAddresses()).toContainEqual(expect.objectContaining({ address: '127.0.0.1', family: 'IPv4' }));
  expect(ports.computerName()).not.toBe('');
});
