import { expect, test } from 'vitest';
import type { FormAnswer, FormPost } from '../../../electron/base/ports.ts';
import { TokenCache, type TokenRequest } from '../../../electron/delivery/token-cache.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { settled } from '../../fakes/gate.ts';

const request: TokenRequest = {
  endpoint: 'https://login.example.org/token',
  clientId: 'client-1',
  clientSecret: 's3cret',
  scope: 'mail',
};
const never = new AbortController().signal;

interface Asked {
  readonly form: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  answer(answer: FormAnswer): void;
}

/** An endpoint whose answers the test gives by hand. */
const tokenCache = (): { cache: TokenCache; clock: FakeClock; asked: Asked[] } => {
  const clock = new FakeClock();
  const asked: Asked[] = [];
  const formPost: FormPost = {
    post: (_url, form, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        asked.push({ form, signal, answer: resolve });
      }),
  };
  return { cache: new TokenCache({ clock, formPost }), clock, asked };
};

const granted = (token: string, expiresIn: unknown = 3_600): FormAnswer => ({
  status: 200,
  body: JSON.stringify({ access_token: token, expires_in: expiresIn }),
});

test('however many ask at once, the endpoint is asked once', async () => {
  const { cache, asked } = tokenCache();
  const answers = [cache.get(request, never), cache.get(request, never), cache.get({ ...request }, never)];
  expect(asked).toHaveLength(1);
  asked[0]?.answer(granted('one'));
  expect(await Promise.all(answers)).toEqual([{ token: 'one' }, { token: 'one' }, { token: 'one' }]);
});

test.each([
  { change: { endpoint: 'https://other.example.org/token' } },
  { change: { clientId: 'client-2' } },
  { change: { clientSecret: 'corrected' } },
  { change: { scope: 'other' } },
])('another $change is another token', async ({ change }) => {
  const { cache, asked } = tokenCache();
  void cache.get(request, never);
  void cache.get({ ...request, ...change }, never);
  expect(asked).toHaveLength(2);
});

test.each([
  { expiresIn: 3_600, keptS: 3_300 },
  { expiresIn: '3600', keptS: 3_300 },
  { expiresIn: 400, keptS: 200 },
  { expiresIn: 'soon', keptS: 3_300 },
])('a token that expires in $expiresIn is used for $keptS seconds', async ({ expiresIn, keptS }) => {
  const { cache, clock, asked } = tokenCache();
  const first = cache.get(request, never);
  asked[0]?.answer(granted('one', expiresIn));
  expect(await first).toEqual({ token: 'one' });
  await clock.advance(keptS * 1_000 - 1);
  expect(await cache.get(request, never)).toEqual({ token: 'one' });
  await clock.advance(1);
  void cache.get(request, never);
  expect(asked).toHaveLength(2);
});

test('a token that was refused is asked for anew, but only if it is still the one', async () => {
  const { cache, asked } = tokenCache();
  const first = cache.get(request, never);
  asked[0]?.answer(granted('one'));
  await first;
  cache.forget(request, 'an older one');
  expect(await cache.get(request, never)).toEqual({ token: 'one' });
  cache.forget(request, 'one');
  const second = cache.get(request, never);
  asked[1]?.answer(granted('two'));
  expect(await second).toEqual({ token: 'two' });
});

test.each<{ what: string; answer: FormAnswer; reason: string }>([
  {
    what: 'a refusal',
    answer: { status: 401, body: '{"error":"invalid_client","error_description":"Wrong\\r\\nsecret s3cret"}' },
    reason: 'the token endpoint login.example.org gave no token: invalid_client: Wrong secret ***',
  },
  {
    what: 'a refusal without a description',
    answer: { status: 400, body: '{"error":"invalid_scope"}' },
    reason: 'the token endpoint login.example.org gave no token: invalid_scope',
  },
  {
    what: 'a page',
    answer: { status: 502, body: '<html>' },
    reason: 'the token endpoint login.example.org gave no token: its answer makes no sense (HTTP status 502)',
  },
  {
    what: 'a grant without a token',
    answer: { status: 200, body: '{"access_token":""}' },
    reason: 'the token endpoint login.example.org gave no token: its answer makes no sense (HTTP status 200)',
  },
])('$what is remembered for 30 seconds', async ({ answer, reason }) => {
  const { cache, clock, asked } = tokenCache();
  const first = cache.get(request, never);
  asked[0]?.answer(answer);
  expect(await first).toEqual({ reason });
  await clock.advance(29_999);
  expect(await cache.get(request, never)).toEqual({ reason });
  expect(asked).toHaveLength(1);
  await clock.advance(1);
  void cache.get(request, never);
  expect(asked).toHaveLength(2);
});

test('an endpoint that does not answer is given up after 30 seconds', async () => {
  const { cache, clock, asked } = tokenCache();
  const first = cache.get(request, never);
  await clock.advance(30_000);
  expect(await first).toEqual({
    reason: 'the token endpoint login.example.org gave no token: no answer within 30 seconds',
  });
  expect(asked[0]?.signal.aborted).toBe(true);
  await cache.get(request, never);
  expect(asked).toHaveLength(1);
});

test('who stops waiting leaves the others waiting; when nobody waits the request ends and is forgotten', async () => {
  const { cache, asked } = tokenCache();
  const [one, two] = [new AbortController(), new AbortController()];
  const first = cache.get(request, one.signal);
  const second = cache.get(request, two.signal);
  one.abort();
  expect(await first).toMatchObject({ reason: expect.stringContaining('stopped waiting') });
  expect(asked[0]?.signal.aborted).toBe(false);
  two.abort();
  expect(await second).toMatchObject({ reason: expect.stringContaining('stopped waiting') });
  expect(asked[0]?.signal.aborted).toBe(true);
  await settled();
  const third = cache.get(request, never);
  asked[1]?.answer(granted('one'));
  expect(await third).toEqual({ token: 'one' });
});

test('without a scope none is sent', async () => {
  const { cache, asked } = tokenCache();
  void cache.get({ ...request, scope: '' }, never);
  expect(asked[0]?.form).toEqual({
    grant_type: 'client_credentials',
    client_id: 'client-1',
    client_secret: 's3cret',
  });
});
