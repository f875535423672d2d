/** Files that other programs read: the description of the installers, the unit, the scripts of the package, the workflow. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { serviceName, systemdUnit } from '../../../electron/packaging/service-facts.ts';

const root = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'descriptions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const has = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

describe('electron-builder.yml', () => {
  const text = read('electron-builder.yml');
  const configuration = parse(text) as Record<string, Record<string, unknown>>;
  const validate = new Ajv({ strict: false, allErrors: true }).compile(
    JSON.parse(read('node_modules/app-builder-lib/scheme.json')) as AnySchema,
  );

  test('is what electron-builder understands', () => {
    validate(configuration);
    expect(validate.errors).toBeNull();
  });

  test('would be refused with a misspelt word', () => {
    expect(validate({ ...configuration, electronFuses: { runAsNoed: false } })).toBe(false);
  });

  test('names only files that are there, or are made before', () => {
    const made = ['dist/licences.txt', 'dist/sbom.json', 'node_modules/@koromix/koffi-win32-x64/win32_x64'];
    const paths = [...text.matchAll(/(?<=[ =])(?:assets|electron|node_modules|dist)\/[^\s,=}]+/g)].map(
      ([path]) => path,
    );
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) if (!made.includes(path)) expect(existsSync(join(root, path)), path).toBe(true);
  });

  test('makes an executable that runs this application only', () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});

describe('the Linux package', () => {
  test.each(['smtp-relay', 'after-install.sh', 'before-remove.sh', 'after-remove.sh'])(
    '%s is a shell script',
    (name) => {
      // The placeholders of electron-builder are filled in while packaging.
      const script = join(folder, name);
      const text = read(`electron/packaging/linux/${name}`);
      writeFileSync(script, text.replace(/\$\{(sanitizedProductName|executable)\}/g, 'name'));
      expect(text.startsWith('#!/bin/sh\n')).toBe(true);
      const { status, stderr } = spawnSync('sh', ['-n', script], { encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
  );

  const unit = join(folder, systemdUnit);
  const description = read(`electron/packaging/linux/${systemdUnit}`);
  const writeUnit = (): void => writeFileSync(unit, description.replace(/^ExecStart="[^"]*"/m, 'ExecStart=/bin/true'));

  test.skipIf(!has('systemd-analyze'))('the unit is one that systemd takes without a word', () => {
    writeUnit();
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.skipIf(!has('systemd-analyze'))('the unit leaves the service little to attack', () => {
    writeUnit();
    // Of 100; a service without any protection has more than 90.
    const args = ['security', '--offline=true', '--no-pager', '--threshold=20', unit];
    const { status, stdout } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
    expect(status, stdout).toBe(0);
  });

  test('the unit starts the program of the package as a service, in the folder that belongs to it', () => {
    expect(description).toMatch(
      /^ExecStart="\/opt\/SMTP Relay Manager\/smtp-relay-manager" .*--service --data \/var\/lib\/smtp-relay$/m,
    );
    expect(description).toMatch(/^StateDirectory=smtp-relay$/m);
  });
});

test('the installer of Windows speaks of the same service as the application', () => {
  expect(read('electron/packaging/windows/installer.nsh')).toContain(`!define RELAY_SERVICE "${serviceName}"`);
});

test('the command line of Windows has the line ends that cmd.exe wants', () => {
  expect(read('electron/packaging/windows/smtp-relay.cmd').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string }[];
}

describe('the workflows', () => {
  const workflows = readdirSync(join(root, '.github/workflows')).filter((name) => name.endsWith('.yml'));

  test.each(workflows)('%s may read, and nothing else, unless a job needs to write a release', (name) => {
    const workflow = parse(read(`.github/workflows/${name}`)) as {
      readonly permissions: unknown;
      readonly jobs: Readonly<Record<string, Job>>;
    };
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const { permissions = {} } of Object.values(workflow.jobs)) {
      expect(['contents']).toEqual(expect.arrayContaining(Object.keys(permissions)));
    }
  });

  test.each(workflows)('%s uses actions by one version that does not move', (name) => {
    const { jobs } = parse(read(`.github/workflows/${name}`)) as { readonly jobs: Readonly<Record<string, Job>> };
    const used = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
  });

  test('the scripts that try the installers are shell scripts', () => {
    const { status, stderr } = spawnSync('bash', ['-n', join(root, '.github/workflows/try-linux.sh')], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
