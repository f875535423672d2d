import { expect } from 'vitest';

/** `expect` on a value that comes about: asked again until it fits. Patient, because the machine may be busy. */
export const eventually = (value: () => unknown): ReturnType<typeof expect.poll> =>
  expect.poll(value, { timeout: 20_000, interval: 10 });
