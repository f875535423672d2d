import { expect, test } from 'vitest';
import { chooseProgram } from '../../../electron/main/program-choice.ts';

test.each([
  [[], { program: 'desktop', args: [] }],
  [['.', '--data', 'X'], { program: 'desktop', args: ['.', '--data', 'X'] }],
  [['--service'], { program: 'service', args: [] }],
  [['--ozone-platform=headless', '--service', '--data', 'X'], { program: 'service', args: ['--data', 'X'] }],
  [['--no-sandbox', '--cli', 'queue', 'list'], { program: 'cli', args: ['queue', 'list'] }],
  [['--cli', 'send-test', '--to', '--service'], { program: 'cli', args: ['send-test', '--to', '--service'] }],
])('%j is %j', (args, choice) => {
  expect(chooseProgram(args)).toEqual(choice);
});
