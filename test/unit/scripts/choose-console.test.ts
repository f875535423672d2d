import { expect, test } from 'vitest';
import { chooseConsole, hasDisplay } from '../../../electron/scripts/choose-console.ts';

const facts = { browserWanted: false, hasDisplay: true, runtimePresent: true, rootOnLinux: false };

test.each([
  { when: 'the runtime is there', given: {}, kind: 'electron' },
  { when: 'the runtime is missing and can be shown', given: { runtimePresent: false }, kind: 'fetchElectron' },
  { when: 'there is no display', given: { hasDisplay: false }, kind: 'browser', reason: /no display/ },
  {
    when: 'there is neither runtime nor display: nothing is downloaded for nobody',
    given: { runtimePresent: false, hasDisplay: false },
    kind: 'browser',
    reason: /no display/,
  },
  { when: 'it is root', given: { rootOnLinux: true }, kind: 'browser', reason: /root/ },
  {
    when: 'it is root without a runtime: nothing is downloaded that could not run',
    given: { rootOnLinux: true, runtimePresent: false },
    kind: 'browser',
    reason: /root/,
  },
  { when: 'the browser was asked for, nothing needs saying', given: { browserWanted: true }, kind: 'browser' },
  {
    when: 'the browser was asked for without a display',
    given: { browserWanted: true, hasDisplay: false, runtimePresent: false },
    kind: 'browser',
  },
])('$kind when $when', ({ given, kind, reason }) => {
  const choice = chooseConsole({ ...facts, ...given });
  expect(choice.kind).toBe(kind);
  if (choice.kind !== 'browser') return;
  if (reason === undefined) expect(choice.reason).toBeNull();
  else expect(choice.reason).toMatch(reason);
});

test.each([
  { platform: 'win32', env: {}, shown: true },
  { platform: 'darwin', env: {}, shown: true },
  { platform: 'linux', env: {}, shown: false },
  { platform: 'linux', env: { DISPLAY: '' }, shown: false },
  { platform: 'linux', env: { DISPLAY: ':0' }, shown: true },
  { platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, shown: true },
] as const)('a display on $platform with $env: $shown', ({ platform, env, shown }) => {
  expect(hasDisplay(platform, env)).toBe(shown);
});
