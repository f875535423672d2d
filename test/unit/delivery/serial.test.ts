import { expect, test } from 'vitest';
import { Serial } from '../../../electron/delivery/serial.ts';

test('actions on one message wait for each other, also after one of them failed', async () => {
  const serial = new Serial();
  const order: string[] = [];
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const first = serial.run('a', async () => {
    await gate;
    order.push('first');
    throw new Error('no');
  });
  const second = serial.run('a', async () => void order.push('second'));
  await serial.run('b', async () => void order.push('other'));
  open();
  await expect(first).rejects.toThrow('no');
  await second;
  expect(order).toEqual(['other', 'first', 'second']);
});
