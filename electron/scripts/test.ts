/**
 * `npm test`: everything that can run on this machine, in order of cost, with one closing line over all parts.
 * A part that can't run here is named and its tests are counted as skipped, never as passed.
 *   --only static|unit|integration|clients|browser|electron   one part, for work on it (may be given several times)
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from './find-chromium.ts';

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const partNames = ['static', 'unit', 'integration', 'clients', 'browser', 'electron'] as const;
type PartName = (typeof partNames)[number];

const outputFolder = 'test/output';
/** A hung part must not hang the whole run. */
const partLimitMs = 40 * 60_000;
const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };
const oneFailed: Tally = { ...nothing, failed: 1 };

const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** Runs a program of node_modules on this Node and resolves with its exit code (1 when it had to be ended). */
function run(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return new Promise<number>((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    });
    const timer = setTimeout(() => {
      console.error(`${program} was ended: it ran for more than ${partLimitMs / 60_000} minutes.`);
      child.kill('SIGKILL');
    }, partLimitMs);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}

const modules = (path: string): string => join('node_modules', path);

const staticChecks: readonly (readonly [string, string, readonly string[]])[] = [
  ['format and lint', modules('@biomejs/biome/bin/biome'), ['check', '--error-on-warnings']],
  ['types', modules('typescript/bin/tsc'), ['-b']],
  [
    'import rules',
    modules('dependency-cruiser/bin/dependency-cruiser.mjs'),
    ['--config', '.dependency-cruiser.mjs', 'electron', 'renderer', 'shared'],
  ],
  ['dead code', modules('knip/bin/knip.js'), []],
  ['lock file', 'electron/scripts/check-lock.ts', []],
];

async function runStatic(): Promise<Tally> {
  let tally = nothing;
  for (const [title, program, args] of staticChecks) {
    console.log(`\n── ${title}`);
    const code = await run(program, args);
    tally = add(tally, code === 0 ? { ...nothing, passed: 1 } : oneFailed);
    if (code !== 0) console.error(`✗ ${title} failed`);
  }
  return tally;
}

function readReport<Report>(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return undefined;
  }
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

async function runVitest(project: 'unit' | 'integration', failures: string[]): Promise<Tally> {
  const file = join(outputFolder, `${project}.json`);
  rmSync(file, { force: true });
  const code = await run(modules('vitest/vitest.mjs'), [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = readReport<VitestReport>(file);
  if (report === undefined) return oneFailed;
  const failed = report.numFailedTests;
  for (const { name, assertionResults } of report.testResults) {
    for (const { status, fullName } of assertionResults) {
      if (status === 'failed') failures.push(`${relative(process.cwd(), name)}: ${fullName}`);
    }
  }
  return {
    passed: report.numPassedTests,
    // A file that can't be loaded, or an error between tests, fails the run without a failed test.
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

interface ClientsReport extends Tally {
  /** Clients that are not installed. */
  readonly missing: readonly string[];
}

async function runClients(leftOut: string[]): Promise<Tally> {
  const file = join(outputFolder, 'clients.json');
  rmSync(file, { force: true });
  const code = await run('test/clients/run.ts', ['--report', file]);
  const report = readReport<ClientsReport>(file);
  if (report === undefined) return oneFailed;
  const { passed, failed, skipped, missing } = report;
  if (missing.length > 0) leftOut.push(`tests with mail clients that are not installed: ${missing.join(', ')}`);
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly { readonly ok: boolean; readonly file: string; readonly title: string }[];
}

const failedIn = ({ suites = [], specs = [] }: PlaywrightSuite): readonly string[] => [
  ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}: ${title}`),
  ...suites.flatMap(failedIn),
];

interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

async function runPlaywright(
  part: 'browser' | 'electron',
  chromium: string | undefined,
  failures: string[],
): Promise<Tally> {
  const file = join(outputFolder, `${part}.json`);
  rmSync(file, { force: true });
  const args = ['test', '--config', `test/${part}/playwright.config.ts`];
  const cli = modules('@playwright/test/cli.js');
  if (chromium === undefined) {
    await run(cli, [...args, '--list', '--reporter=json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
    const listed = readReport<PlaywrightReport>(file)?.stats;
    return { ...nothing, skipped: Math.max(1, (listed?.skipped ?? 0) + (listed?.expected ?? 0)) };
  }
  const code = await run(cli, [...args, '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    CHROMIUM_PATH: chromium,
  });
  const report = readReport<PlaywrightReport>(file);
  if (report === undefined) return oneFailed;
  const { stats } = report;
  failures.push(...failedIn(report));
  const failed = stats.unexpected + stats.flaky;
  return { passed: stats.expected, failed: code !== 0 && failed === 0 ? 1 : failed, skipped: stats.skipped };
}

interface Remarks {
  /** Parts that can't run here, and why. */
  readonly leftOut: string[];
  /** Tests by file and name: said again at the end, where the long output of a run is read first. */
  readonly failures: string[];
}

async function runPart(part: PartName, chromium: string | undefined, remarks: Remarks): Promise<Tally> {
  switch (part) {
    case 'static':
      return runStatic();
    case 'unit':
    case 'integration':
      return runVitest(part, remarks.failures);
    case 'clients':
      return runClients(remarks.leftOut);
    case 'browser':
    case 'electron':
      return runPlaywright(part, chromium, remarks.failures);
  }
}

const isPart = (name: string): name is PartName => (partNames as readonly string[]).includes(name);

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const unknown = values.only?.find((name) => !isPart(name));
  if (unknown !== undefined) {
    console.error(`There is no part '${unknown}'. Parts: ${partNames.join(', ')}.`);
    return 2;
  }
  const parts = values.only?.filter(isPart) ?? partNames;
  mkdirSync(outputFolder, { recursive: true });

  const remarks: Remarks = { leftOut: [], failures: [] };
  let chromium: string | undefined;
  let tally = nothing;
  if (parts.includes('browser') || parts.includes('electron')) {
    const search = await findChromium();
    if ('path' in search) chromium = search.path;
    else remarks.leftOut.push(`browser and electron tests: ${search.reason}`);
    console.log('\n══ build');
    if ((await run('electron/scripts/build.ts', [])) !== 0) return finish(add(tally, oneFailed), remarks);
  }
  for (const part of parts) {
    console.log(`\n══ ${part}`);
    tally = add(tally, await runPart(part, chromium, remarks));
  }
  return finish(tally, remarks);
}

function finish({ passed, failed, skipped }: Tally, { leftOut, failures }: Remarks): number {
  console.log('');
  for (const name of failures) console.log(`Failed: ${name}`);
  for (const text of leftOut) console.log(`Left out: ${text}`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
