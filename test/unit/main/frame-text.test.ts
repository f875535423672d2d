import { expect, test } from 'vitest';
import { frameFromText } from '../../../electron/main/frame-text.ts';

test('a frame is JSON text', () => {
  expect(frameFromText('{"type":"call","id":1}')).toEqual({ type: 'call', id: 1 });
});

test.each([
  ['an object', { type: 'call', id: 1 }],
  ['nothing', undefined],
  ['no JSON', '{"type":'],
  ['more than a frame may be', JSON.stringify('x'.repeat(8 * 1_048_576))],
])('%s is none', (_what, text) => {
  expect(frameFromText(text)).toBeUndefined();
});

test('the largest call fits: a list of 100,000 message ids', () => {
  const ids = Array.from({ length: 100_000 }, () => '01HZZZZZZZZZZZZZZZZZZZZZZZ');
  expect(frameFromText(JSON.stringify({ target: { ids } }))).toEqual({ target: { ids } });
});
