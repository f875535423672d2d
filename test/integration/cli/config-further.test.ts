/** Settings as files, their history, secrets, presets, users and domains: on the files while no relay runs. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { runCliHere } from '../../fakes/memory-terminal.ts';
import { type CliResult, newDataFolder, removeDataFolder } from '../../fakes/relay-process.ts';

const ports = nodePorts({ log: new MemoryLog() });
let dataFolder = '';

beforeEach(async () => {
  dataFolder = await newDataFolder();
});
afterEach(() => removeDataFolder(dataFolder));

const cli = (...args: readonly string[]): Promise<CliResult> => runCliHere(['--data', dataFolder, ...args], ports);
const cliWith = (input: string, ...args: readonly string[]): Promise<CliResult> =>
  runCliHere(['--data', dataFolder, ...args], ports, false, input);

/** The command is to succeed. */
async function out(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await cli(...args);
  expect([exitCode, stderr], args.join(' ')).toEqual([0, '']);
  return stdout;
}

const json = async (...args: readonly string[]): Promise<unknown> => JSON.parse(await out(...args, '--json'));

const refused = async (result: Promise<CliResult>): Promise<string> => {
  const { exitCode, stdout, stderr } = await result;
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  return stderr;
};

test('show --changed shows only what was chosen', async () => {
  await out('config', 'set', 'access.basic', 'on');
  expect(await out('config', 'show', '--changed')).toBe('KEY           VALUE\naccess.basic  on\n');
  expect(await json('config', 'show', '--changed')).toMatchObject({ revision: 1, values: { 'access.basic': true } });
  expect(await json('config', 'get', 'access.users')).toEqual([]);
});

describe('config export and import', () => {
  const exportFile = (): string => join(dataFolder, 'export.json');

  test('carry the settings of one server to another', async () => {
    await out('config', 'set', 'general.name', 'CA mail');
    await out('config', 'set', 'delivery.smartHosts', 'mail.example.org');
    const text = await out('config', 'export');
    expect(JSON.parse(text)).toEqual({
      format: 'smtp-relay-settings',
      version: 1,
      settings: { 'general.name': 'CA mail', 'delivery.smartHosts': ['mail.example.org'] },
    });
    expect(await out('config', 'export', exportFile())).toBe(
      `The settings of virtual server 1 are in ${exportFile()}.\n`,
    );
    expect(await readFile(exportFile(), 'utf8')).toBe(text);
    expect(await refused(cli('config', 'export', exportFile()))).toContain(`There is a file ${exportFile()} already.`);

    await out('config', 'set', 'general.name', 'Other');
    const preview = await out('config', 'import', exportFile(), '--preview');
    expect(preview).toBe(
      'KEY           BEFORE  AFTER\ngeneral.name  Other   CA mail\n\n1 setting of virtual server 1 would be changed; nothing was.\n',
    );
    expect(await out('config', 'get', 'general.name')).toBe('Other\n');
    expect(await out('config', 'import', exportFile())).toMatch(/\n1 setting of virtual server 1 changed\.\n$/);
    expect(await out('config', 'get', 'general.name')).toBe('CA mail\n');
    expect(await out('config', 'import', exportFile())).toBe('0 settings of virtual server 1 changed.\n');
  });

  test('as a further server, with the secrets that it still needs', async () => {
    await writeFile(
      exportFile(),
      JSON.stringify({
        format: 'smtp-relay-settings',
        version: 1,
        settings: {
          'general.listen': ['127.0.0.1:2525'],
          'delivery.authentication': 'basic',
          'access.users': ['ca01'],
        },
      }),
    );
    expect(await json('config', 'import', exportFile(), '--new', '--preview')).toMatchObject({
      serverId: '2',
      missingSecrets: ['user:ca01', 'delivery.password'],
    });
    expect(await out('config', 'import', exportFile(), '--new')).toMatch(
      /of virtual server 2 changed\.\nStill to be set: smtp-relay config secret set "user:ca01" --server 2\nStill .*"delivery.password" --server 2\n$/,
    );
    expect(await out('--server', '2', 'config', 'get', 'general.state')).toBe('stopped\n');
  });

  test('a file that is none changes nothing', async () => {
    expect(await refused(cli('config', 'import', exportFile()))).toBe(
      `${exportFile()} cannot be read: There is no such file.\n`,
    );
    await writeFile(exportFile(), Buffer.from([0xff, 0xfe, 0x00]));
    expect(await refused(cli('config', 'import', exportFile()))).toContain('is not UTF-8 text');
    await writeFile(exportFile(), '{}');
    expect(await refused(cli('config', 'import', exportFile()))).toContain('The text is no export of settings');
    expect(await readdir(dataFolder)).toEqual(['export.json']);
  });
});

test('config history and rollback', async () => {
  await out('config', 'set', 'general.name', 'first');
  await out('config', 'set', 'general.name', 'second');
  const lines = (await out('config', 'history')).trimEnd().split('\n');
  expect(lines[0]).toMatch(/^REVISION +REPLACED +CHANGED THEN$/);
  expect(lines[1]).toMatch(/^ +2 +in force +-$/);
  expect(lines[2]).toMatch(/^ +1 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +server 1: general\.name$/);
  expect(await out('config', 'rollback', '1')).toBe(
    'The settings of revision 1 are in force as revision 3 (saved; no relay is running).\n',
  );
  expect(await out('config', 'get', 'general.name')).toBe('first\n');
  expect(await json('config', 'rollback', '2')).toEqual({ revision: 4 });
  expect(await refused(cli('config', 'rollback', '77'))).toBe(
    'There is no revision 77 in the history of the settings.\n',
  );
  expect((await cli('config', 'rollback', 'x')).exitCode).toBe(2);
});

describe('config secret', () => {
  test('takes the value from standard input, lists names, and never shows a value', async () => {
    expect(await out('config', 'secret', 'list')).toBe('No secret is set.\n');
    const set = await cliWith('s3cret\n', 'config', 'secret', 'set', 'delivery.password');
    expect(set).toEqual({ exitCode: 0, stdout: 'delivery.password is set.\n', stderr: '' });
    expect(await json('config', 'secret', 'list')).toEqual(['delivery.password']);
    for (const args of [
      ['config', 'show', '--json'],
      ['config', 'export'],
      ['config', 'secret', 'list'],
    ]) {
      expect(await out(...args)).not.toContain('s3cret');
    }
    const stored = await readFile(join(dataFolder, 'secrets.json'), 'utf8');
    // Windows seals it for the account; elsewhere the rights of the file are all there is.
    expect(stored.includes('s3cret')).toBe(process.platform !== 'win32');
    expect(await out('config', 'secret', 'remove', 'delivery.password')).toBe(
      'delivery.password is not set any more.\n',
    );
    expect(await json('config', 'secret', 'list')).toEqual([]);
  });

  test('an unknown name, no value, or a server that does not exist: nothing is set', async () => {
    expect(await refused(cliWith('x', 'config', 'secret', 'set', 'delivery.pasword'))).toContain(
      "There is no secret 'delivery.pasword'. Secrets are certificate.passphrase, ",
    );
    expect(await refused(cliWith('', 'config', 'secret', 'set', 'delivery.password'))).toBe(
      'No secret was given, nothing was changed.\n',
    );
    expect(await refused(cliWith('x', '--server', '2', 'config', 'secret', 'set', 'delivery.password'))).toBe(
      'There is no virtual server 2.\n',
    );
    expect((await cliWith('x', 'config', 'secret', 'set', 'delivery.password', 'argument')).exitCode).toBe(2);
    expect(await readdir(dataFolder)).toEqual([]);
  });
});

test('config preset microsoft365 sets what belongs together, and asks for the secret', async () => {
  const args = ['--tenant', 'contoso.example', '--client-id', '11-22', '--mailbox', 'ca@contoso.example'];
  const text = await out('config', 'preset', 'microsoft365', ...args);
  expect(text).toMatch(/^delivery\.smartHosts: +smtp\.office365\.com:587$/m);
  expect(text).toMatch(/\nStill to be set: smtp-relay config secret set "delivery\.clientSecret" --server 1\n$/);
  expect(await out('config', 'get', 'delivery.oauthTokenEndpoint')).toBe(
    'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token\n',
  );
  expect(await json('config', 'show', '--changed')).toMatchObject({
    values: { 'delivery.authentication': 'oauth2', 'delivery.tlsMode': 'verified', 'delivery.messagesPerMinute': 30 },
  });
  await cliWith('s3cret', 'config', 'secret', 'set', 'delivery.clientSecret');
  expect(await out('config', 'preset', 'microsoft365', ...args)).not.toContain('Still to be set');
  const wrong = await cli('config', 'preset', 'microsoft365', '--tenant', 'a/b', ...args.slice(2));
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('It takes the id of a tenant')]);
});

describe('user', () => {
  test('add, list, password, remove', async () => {
    expect(await out('user', 'list')).toBe('There are no users.\n');
    expect((await cliWith('s3cret', 'user', 'add', 'ca01')).stdout).toBe(
      'User ca01 was added (saved; no relay is running).\n',
    );
    await out('config', 'set', 'access.users', 'ca01,ca02');
    expect(await out('user', 'list')).toBe('USER  PASSWORD\nca01  set\nca02  not set: cannot log on\n');
    const hash = await readFile(join(dataFolder, 'secrets.json'), 'utf8');
    expect(hash).not.toContain('s3cret');
    expect((await cliWith('other', 'user', 'password', 'CA01')).stdout).toBe('The password of ca01 was changed.\n');
    expect(await readFile(join(dataFolder, 'secrets.json'), 'utf8')).not.toBe(hash);
    await out('user', 'remove', 'CA01');
    expect(await json('user', 'list')).toEqual([{ name: 'ca02', hasPassword: false }]);
    expect(await json('config', 'secret', 'list')).toEqual([]);
  });

  test('what cannot be is refused before a password is asked for', async () => {
    await cliWith('s3cret', 'user', 'add', 'ca01');
    expect(await refused(cli('user', 'add', 'CA01'))).toContain("There is a user 'ca01' already.");
    expect(await refused(cli('user', 'add', 'a:b'))).toContain("'a:b' is not a user name");
    expect(await refused(cli('user', 'password', 'ca02'))).toContain("There is no user 'ca02'.");
    expect(await refused(cli('user', 'remove', 'ca02'))).toContain("There is no user 'ca02'.");
    expect(await refused(cliWith('', 'user', 'add', 'ca02'))).toContain('No password was given');
    expect(await json('config', 'get', 'access.users')).toEqual(['ca01']);
  });
});

test('certificate set and remove, with key and passphrase', async () => {
  const [certificate, key] = [resolve('/etc/ca01.pem'), resolve('/etc/ca01.key')];
  const set = await cliWith('s3cret', 'certificate', 'set', certificate, '--key', key, '--passphrase');
  expect(set.stdout).toBe(`The certificate is ${certificate} (saved; no relay is running).\n`);
  expect(await json('config', 'show', '--changed')).toMatchObject({
    values: { 'access.certificateFile': certificate, 'access.certificateKeyFile': key },
    secrets: ['certificate.passphrase'],
  });
  await out('certificate', 'set', '/etc/ca02.pfx');
  expect(await json('config', 'get', 'access.certificateKeyFile')).toBe('');
  await out('certificate', 'remove');
  expect(await json('config', 'show', '--changed')).toMatchObject({ values: {}, secrets: [] });
});

describe('domain', () => {
  const remote = async (): Promise<unknown> => json('config', 'get', 'domains.remote');

  test('a remote domain with every field', async () => {
    const text = await out(
      ...['domain', 'add', '*.partner.example', '--smart-host', 'a.example', '--smart-host', 'b.example:587'],
      ...['--port', '2525', '--held', '--helo', '--allow-relay', '--tls', 'verified', '--implicit-tls'],
      ...['--ca-file', '/etc/ca.pem', '--auth', 'oauth2', '--user', 'ca@partner.example'],
      ...['--oauth-token-endpoint', 'https://login.example/token', '--oauth-client-id', 'id', '--oauth-scope', 'mail'],
    );
    expect(text).toBe(
      'Remote domain *.partner.example was added (saved; no relay is running).\n' +
        'Still to be set: smtp-relay config secret set "domain:*.partner.example:clientSecret" --server 1\n',
    );
    expect(await remote()).toEqual([
      {
        name: '*.partner.example',
        relayAllowed: true,
        helo: true,
        smartHosts: ['a.example', 'b.example:587'],
        port: 2525,
        held: true,
        security: {
          tlsMode: 'verified',
          implicitTls: true,
          caFile: '/etc/ca.pem',
          authentication: 'oauth2',
          userName: 'ca@partner.example',
          oauthTokenEndpoint: 'https://login.example/token',
          oauthClientId: 'id',
          oauthScope: 'mail',
        },
      },
    ]);
  });

  test('set changes what is named and leaves the rest', async () => {
    await out('domain', 'add', 'partner.example', '--smart-host', 'a.example', '--held', '--auth', 'basic');
    await out('domain', 'set', 'PARTNER.example', '--no-held', '--tls', 'off');
    expect(await remote()).toMatchObject([
      {
        name: 'partner.example',
        held: false,
        smartHosts: ['a.example'],
        security: { tlsMode: 'off', authentication: 'basic' },
      },
    ]);
    await out('domain', 'set', 'partner.example', '--no-smart-host', '--no-security', '--port', '26');
    expect(await remote()).toMatchObject([{ smartHosts: [], security: null, port: 26 }]);
    await out('domain', 'set', 'partner.example', '--no-port', '--no-security', '--tls', 'required');
    expect(await remote()).toMatchObject([{ port: null, security: { tlsMode: 'required', authentication: 'none' } }]);
  });

  test('remove takes the passwords of the domain with it', async () => {
    await out('domain', 'add', 'partner.example', '--auth', 'basic');
    await cliWith('s3cret', 'config', 'secret', 'set', 'domain:partner.example:password');
    await out('domain', 'remove', 'Partner.example');
    expect([await remote(), await json('config', 'secret', 'list')]).toEqual([[], []]);
  });

  test('the default domain and its aliases', async () => {
    expect(await refused(cli('domain', 'alias', 'b.example'))).toContain(
      'There is no default domain to be an alias of.',
    );
    await out('domain', 'default', 'a.example');
    await out('domain', 'alias', 'b.example');
    await out('domain', 'alias', 'c.example');
    await out('domain', 'default', 'B.example');
    expect(await json('domain', 'list')).toEqual({
      default: 'B.example',
      aliases: ['c.example', 'a.example'],
      remote: [],
    });
    await out('domain', 'remove', 'c.example');
    await out('domain', 'add', 'partner.example', '--held', '--tls', 'off');
    expect(await out('domain', 'list')).toBe(
      'DOMAIN           TYPE     ROUTE        NOTES\n' +
        'B.example        default  Drop folder  -\n' +
        'a.example        alias    Drop folder  -\n' +
        'partner.example  remote   DNS          held, TLS off, authentication none\n',
    );
    expect(await out('domain', 'default', 'none')).toMatch(/^There is no default domain/);
  });

  test.each([
    [['add', 'a.example'], "'a.example' is the default domain already."],
    [['add', 'B.EXAMPLE'], "'B.EXAMPLE' is an alias already."],
    [['add', 'partner.example'], "'partner.example' is a remote domain already."],
    [['alias', 'partner.example'], "'partner.example' is a remote domain already."],
    [['default', 'partner.example'], "'partner.example' is a remote domain already."],
    [['set', 'other.example', '--held'], "There is no remote domain 'other.example'."],
    [['remove', 'other.example'], "There is no domain 'other.example'."],
    [['remove', 'a.example'], "'a.example' is the default domain. Make another one the default"],
    [['add', 'not a domain'], "Entry 2, name: 'not a domain' is not a mail domain"],
    [['add', 'x.example', '--smart-host', '-'], "smartHosts, entry 1: '-' is not a host name"],
  ])('%j is refused', async (args, sentence) => {
    await out('domain', 'default', 'a.example');
    await out('domain', 'alias', 'b.example');
    await out('domain', 'add', 'partner.example');
    const before = await readFile(join(dataFolder, 'settings.json'), 'utf8');
    expect(await refused(cli('domain', ...args))).toContain(sentence);
    expect(await readFile(join(dataFolder, 'settings.json'), 'utf8')).toBe(before);
  });

  test.each([
    [['add', 'x.example', '--tls', 'maybe'], 'Allowed choices are off, opportunistic, required, verified.'],
    [['add', 'x.example', '--port', '0'], 'It takes a whole number from 1 to 65535.'],
  ])('%j is wrong usage', async (args, sentence) => {
    const { exitCode, stderr } = await cli('domain', ...args);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  });
});
