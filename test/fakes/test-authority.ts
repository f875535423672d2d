/** A certification authority for tests, made with the openssl command when it is first asked for and once per test file. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface TestCertificate {
  readonly key: string;
  /** PEM; the authorities between follow, the root does not. */
  readonly cert: string;
}

export interface LeafOptions {
  /** 'DNS:gw.example.org', 'IP:127.0.0.1'. */
  readonly names: readonly string[];
  /** 'YYYYMMDDHHMMSSZ'. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly selfSigned?: boolean;
}

export interface TestAuthority {
  readonly cert: string;
  issue(options: LeafOptions): Promise<TestCertificate>;
  remove(): Promise<void>;
}

const run = promisify(execFile);

const config = `
[ca]
default_ca = authority
[authority]
dir = .
database = ./index.txt
serial = ./serial
new_certs_dir = .
certificate = ./ca.pem
private_key = ./ca.key
default_md = sha256
policy = any
unique_subject = no
email_in_dn = no
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
`;

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A machine without the openssl command skips what needs certificates. */
export const hasOpenssl = (): boolean => spawnSync('openssl', ['version']).status === 0;

/** @throws when there is no openssl command on this machine. */
export async function createTestAuthority(commonName = 'Relay Test Authority'): Promise<TestAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'test-authority-'));
  const openssl = (...parameters: readonly string[]): Promise<unknown> => run('openssl', parameters, { cwd: folder });
  await writeFile(join(folder, 'authority.cnf'), config);
  await writeFile(join(folder, 'index.txt'), '');
  await writeFile(join(folder, 'serial'), '1000\n');
  await openssl(
    ...['req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '3650'],
    ...['-subj', `/CN=${commonName}`, '-config', 'authority.cnf'],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  );
  let issued = 0;
  return {
    cert: await readFile(join(folder, 'ca.pem'), 'utf8'),
    async issue({ names, notBefore = '20200101000000Z', notAfter = '20990101000000Z', selfSigned = false }) {
      issued += 1;
      const name = `leaf${issued}`;
      await writeFile(join(folder, `${name}.ext`), `subjectAltName=${names.join(',')}\n`);
      await openssl(
        ...['req', '-new', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`],
        ...['-subj', `/CN=${name}`, '-config', 'authority.cnf'],
      );
      await openssl(
        ...['ca', '-batch', '-notext', '-config', 'authority.cnf', '-in', `${name}.csr`, '-out', `${name}.pem`],
        ...['-startdate', notBefore, '-enddate', notAfter, '-extfile', `${name}.ext`],
        ...(selfSigned ? ['-selfsign', '-keyfile', `${name}.key`] : []),
      );
      return {
        key: await readFile(join(folder, `${name}.key`), 'utf8'),
        cert: await readFile(join(folder, `${name}.pem`), 'utf8'),
      };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
