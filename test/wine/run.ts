/**
 * `npm run test:wine`: the integration tests, and the bundled relay as a service, on a Node for Windows under Wine.
 *   --node 22.23.3   the version of Node (24 does not start under the Wine of Debian 12)
 *   anything else    only test files whose path contains it
 */
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../../electron/scripts/build.ts';
import { knownLimits } from './known-limits.ts';
import { openWindowsNode, type WindowsNode, windowsPath } from './windows-node.ts';

const root = resolve(import.meta.dirname, '../..');
const report = 'test/output/wine.json';
const app = 'test/output/wine-app';
const limitMs = 90 * 60_000;

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

/** As it is installed: the programs and the console, and koffi's native part where its JavaScript looks for it. */
async function makeApp({ modules }: WindowsNode): Promise<void> {
  rmSync(app, { recursive: true, force: true });
  await build(['service', 'cli', 'renderer'], { outFolder: join(app, 'dist') });
  cpSync('package.json', join(app, 'package.json'));
  const koffi = '@koromix/koffi-win32-x64';
  cpSync(join(modules, koffi), join(app, 'node_modules', koffi), { recursive: true });
}

/** A limit that no test has any more hides nothing, and must not stay in the list. */
function staleLimits({ testResults }: Report): readonly string[] {
  return knownLimits
    .filter(({ file, test }) => {
      const result = testResults.find(({ name }) => name.replaceAll('\\', '/').endsWith(`/${file}`));
      const found = result?.assertionResults.some(
        ({ ancestorTitles, title, status }) => status === 'skipped' && [...ancestorTitles, title].join(' > ') === test,
      );
      return found === false;
    })
    .map(({ file, test }) => `${file}: ${test}`);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { node: { type: 'string', default: '22.23.3' } },
    allowPositionals: true,
  });
  const startedAtMs = Date.now();
  process.chdir(root);
  mkdirSync('test/output', { recursive: true });
  rmSync(report, { force: true });
  const windows = await openWindowsNode(values.node);
  try {
    await makeApp(windows);
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/wine/vitest.config.ts'];
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await windows.run({
      args: [windows.nodePath, ...vitest, ...reporters, ...positionals],
      environment: { SMTP_RELAY_APP: windowsPath(resolve(app)) },
      limitMs,
    });
    const result = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const stale = staleLimits(result);
    for (const text of stale) console.error(`No such test, or not skipped any more: ${text}`);
    const minutes = Math.ceil((Date.now() - startedAtMs) / 60_000);
    console.log(
      `Node ${values.node} under Wine: ${result.numPassedTests} passed, ${result.numFailedTests} failed, ${result.numPendingTests} skipped, ${minutes} minutes`,
    );
    return code === 0 && stale.length === 0 ? 0 : 1;
  } finally {
    await windows.stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
