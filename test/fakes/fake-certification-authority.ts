/** A Windows server with a certification authority: reg.exe, certutil, sc, netsh and wevtutil over one registry, as the originals answer. */
import type { Command, CommandResult, CommandRunner } from '../../electron/base/command-runner.ts';
import { decodeOemText } from '../../electron/base/oem-text.ts';
import { certutilWords, type FakeLanguage, regWords, scStatus } from './certification-authority-words.ts';

export interface FakeCaOptions {
  readonly language?: FakeLanguage;
  readonly caName?: string;
  readonly layout?: 'flat' | 'perTemplate';
  readonly installed?: boolean;
  readonly modules?: readonly string[];
  readonly serverCore?: boolean;
  /** A node of a cluster that has the service; 'closed' where the cluster's part of the registry can't be read. */
  readonly cluster?: 'none' | 'ca' | 'other' | 'closed';
  /** False: reg.exe may not read the service's keys, certutil may. */
  readonly registryReadable?: boolean;
  readonly certutilReadable?: boolean;
  /** False: every change ends with "access denied". */
  readonly writable?: boolean;
  /** It answers that all went well, and writes nothing. */
  readonly forgetsWrites?: boolean;
  /** How often it is asked before it has stopped or started. */
  readonly slowness?: number;
  readonly startFails?: boolean;
  readonly server?: string | null;
  readonly authentication?: number;
  readonly eventMask?: number | null;
}

type Data = { readonly type: string; readonly data: string | number | readonly string[] };
interface Key {
  readonly path: string;
  readonly values: Map<string, Data & { readonly name: string }>;
}

export const microsoftModule = 'CertificateAuthority_MicrosoftDefault.Exit';
const configuration = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration';
const accessDenied = { exitCode: 0x80070005, registryCode: 1 };

const flags: Readonly<Record<string, number>> = {
  EXITEVENT_CERTISSUED: 0x1,
  EXITEVENT_CERTPENDING: 0x2,
  EXITEVENT_CERTDENIED: 0x4,
  EXITEVENT_CERTREVOKED: 0x8,
  EXITEVENT_CERTRETRIEVEPENDING: 0x10,
  EXITEVENT_CRLISSUED: 0x20,
  EXITEVENT_SHUTDOWN: 0x40,
  EXITEVENT_STARTUP: 0x80,
};

export class FakeCertificationAuthority implements CommandRunner {
  readonly ran: Command[] = [];
  /** `<Event>` entries of the Application log. */
  failuresXml = '';
  processId = 1_234;
  blocked = false;
  readonly #options: Required<FakeCaOptions>;
  readonly #keys = new Map<string, Key>();
  #state: 1 | 2 | 3 | 4 = 4;
  #answersLeft = 0;

  constructor(options: FakeCaOptions = {}) {
    this.#options = {
      language: 'en',
      caName: 'Example Corp Issuing CA 1',
      layout: 'perTemplate',
      installed: true,
      modules: [microsoftModule],
      serverCore: false,
      cluster: 'none',
      registryReadable: true,
      certutilReadable: true,
      writable: true,
      forgetsWrites: false,
      slowness: 1,
      startFails: false,
      server: 'mailgw.corp.example.com',
      authentication: 0,
      eventMask: 0x21,
      ...options,
    };
    this.#fill();
  }

  get words(): readonly string[] {
    return this.ran.map(({ file, args }) => [file.split('\\').at(-1), ...args].join(' '));
  }

  /** The commands that change something. */
  get changes(): readonly string[] {
    return this.words.filter((line) =>
      /-setreg|-delreg|reg\.exe (add|delete)|sc\.exe (stop|start)|(add|delete) rule/.test(line),
    );
  }

  get smtpPath(): string {
    return `${configuration}\\${this.#options.caName}\\ExitModules\\${microsoftModule}\\SMTP`;
  }

  /** A value below the SMTP key. */
  value(key: string, name: string): Data['data'] | null {
    return this.#at(this.smtpPath, key)?.values.get(name.toLowerCase())?.data ?? null;
  }

  typeOf(key: string, name: string): string | null {
    return this.#at(this.smtpPath, key)?.values.get(name.toLowerCase())?.type ?? null;
  }

  /** Somebody else changes the registry. */
  set(key: string, name: string, type: string, data: Data['data']): void {
    this.#put(key === '' ? this.smtpPath : `${this.smtpPath}\\${key}`, name, { type, data });
  }

  async run(command: Command): Promise<CommandResult> {
    this.ran.push(command);
    const { args } = command;
    switch (command.file.split('\\').at(-1)) {
      case 'reg.exe':
        return this.#answer(args[0] === 'query' ? this.#regQuery(args) : this.#regChange(args));
      case 'certutil.exe':
        return this.#answer(this.#certutil(args));
      case 'sc.exe':
        return this.#answer(this.#service(args));
      case 'netsh.exe':
        return this.#answer(this.#firewall(args));
      case 'wevtutil.exe':
        return this.#answer({ exitCode: 0, stdout: this.failuresXml });
      default:
        throw new Error(`Windows has no ${command.file} here`);
    }
  }

  /** Through a pipe every program writes the OEM code page. */
  #answer({ exitCode, stdout = '', stderr = '' }: Partial<CommandResult>): CommandResult {
    return { exitCode: exitCode ?? 0, stdout: this.#encoded(stdout), stderr: this.#encoded(stderr) };
  }

  get #codePage(): number {
    return this.#options.language === 'de' ? 850 : 437;
  }

  #encoded(text: string): string {
    const letters = decodeOemText(String.fromCharCode(...Array(256).keys()), this.#codePage);
    return text
      .replaceAll('\n', '\r\n')
      .replace(/[^\p{ASCII}]/gu, (letter) =>
        letters.includes(letter) ? String.fromCharCode(letters.indexOf(letter)) : '?',
      );
  }

  #fill(): void {
    const { caName, layout, modules, server, authentication, eventMask, serverCore, cluster } = this.#options;
    const nls = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage';
    this.#put(nls, 'OEMCP', { type: 'REG_SZ', data: String(this.#codePage) });
    this.#put('HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', 'InstallationType', {
      type: 'REG_SZ',
      data: serverCore ? 'Server Core' : 'Server',
    });
    if (cluster === 'ca' || cluster === 'other') {
      const resource = 'HKEY_LOCAL_MACHINE\\Cluster\\Resources\\1f7a\\Parameters';
      this.#put(resource, 'ServiceName', { type: 'REG_SZ', data: cluster === 'ca' ? 'CertSvc' : 'Spooler' });
    }
    if (!this.#options.installed) return;
    this.#put(configuration, 'Active', { type: 'REG_SZ', data: caName });
    const exitModules = `${configuration}\\${caName}\\ExitModules`;
    this.#put(exitModules, 'Active', { type: 'REG_MULTI_SZ', data: modules });
    for (const module of modules) this.#key(`${exitModules}\\${module}`);
    this.#key(this.smtpPath);
    if (server !== null) this.set('', 'SMTPServer', 'REG_SZ', server);
    this.set('', 'SMTPAuthenticate', 'REG_DWORD', authentication);
    if (eventMask !== null) this.set('', 'EventFilter', 'REG_DWORD', eventMask);
    const certificates = layout === 'perTemplate' ? 'Templates\\Default\\' : '';
    for (const name of ['Issued', 'Pending', 'Denied', 'Revoked'].map((event) => certificates + event)) {
      this.#mail(name, 'The request was processed by %1', ['Request.RequestID', 'Request.RequesterName']);
    }
    for (const name of ['CRLIssued', 'Shutdown', 'Startup']) {
      this.#mail(name, `${name} of %1`, []);
      this.set(name, 'To', 'REG_SZ', 'pki-operations@corp.example.com');
    }
  }

  #mail(key: string, title: string, bodyArguments: readonly string[]): void {
    this.set(key, 'From', 'REG_SZ', 'pki-ca01@corp.example.com');
    this.set(key, 'TitleFormat', 'REG_SZ', title);
    this.set(key, 'TitleArg', 'REG_MULTI_SZ', ['SanitizedCAName']);
    this.set(key, 'BodyFormat', 'REG_MULTI_SZ', ['A message of the certification authority.', 'Request %1 of %2']);
    this.set(key, 'BodyArg', 'REG_MULTI_SZ', bodyArguments);
  }

  #at(path: string, key = ''): Key | undefined {
    return this.#keys.get((key === '' ? path : `${path}\\${key}`).toLowerCase());
  }

  #key(path: string): Key {
    const known = this.#at(path);
    if (known !== undefined) return known;
    const key: Key = { path, values: new Map() };
    this.#keys.set(path.toLowerCase(), key);
    return key;
  }

  #put(path: string, name: string, data: Data): void {
    this.#key(path).values.set(name.toLowerCase(), { name, ...data });
  }

  #below(path: string): readonly Key[] {
    const start = `${path.toLowerCase()}\\`;
    return [...this.#keys.values()].filter((key) => key.path.toLowerCase().startsWith(start));
  }

  #regQuery([, path = '', option, name = '']: readonly string[]): Partial<CommandResult> {
    const words = regWords[this.#options.language];
    const ofCa = path.toLowerCase().startsWith(configuration.toLowerCase());
    const closed =
      (ofCa && !this.#options.registryReadable) || (path.includes('Cluster') && this.#options.cluster === 'closed');
    if (closed) return { exitCode: 1, stderr: words.accessDenied };
    const keys = [this.#at(path), ...(option === '/s' ? this.#below(path) : [])].filter((key) => key !== undefined);
    const found = keys.map((key) => ({
      path: key.path,
      values: [...key.values.values()].filter(
        (value) => option !== '/v' || value.name.toLowerCase() === name.toLowerCase(),
      ),
    }));
    if (found.length === 0 && this.#below(path).length === 0) return { exitCode: 1, stderr: words.notFound };
    if (option === '/v' && found.every(({ values }) => values.length === 0))
      return { exitCode: 1, stderr: words.notFound };
    const lines = found.map(
      (key) =>
        `\n${key.path}\n${key.values.map((value) => `    ${value.name}    ${value.type}    ${regText(value.data)}\n`).join('')}`,
    );
    return { exitCode: 0, stdout: `${lines.join('')}\n` };
  }

  #regChange([verb, path = '', ...rest]: readonly string[]): Partial<CommandResult> {
    const { writable, forgetsWrites, language } = this.#options;
    if (!writable) return { exitCode: accessDenied.registryCode, stderr: regWords[language].accessDenied };
    const option = (name: string): string => rest[rest.indexOf(name) + 1] ?? '';
    if (verb === 'add' && !forgetsWrites) {
      const type = option('/t');
      const text = option('/d');
      const separator = rest.includes('/s') ? option('/s') : '\\0';
      const data = type === 'REG_DWORD' ? Number(text) : type === 'REG_MULTI_SZ' ? text.split(separator) : text;
      if (Array.isArray(data) && data.length > 1 && data.includes(''))
        return { exitCode: 1, stderr: regWords[language].syntax };
      this.#put(path.replace(/^HKLM\\/, 'HKEY_LOCAL_MACHINE\\'), option('/v'), { type, data });
    }
    return { exitCode: 0, stdout: regWords[language].done };
  }

  #certutil([verb = '', path = '', text = '']: readonly string[]): Partial<CommandResult> {
    const words = certutilWords(this.#options.language, verb);
    if (verb === '-CRL') return { exitCode: 0, stdout: words.done };
    if (!this.#options.certutilReadable) return { exitCode: accessDenied.exitCode, stdout: words.denied };
    const whole = this.#resolved(path);
    if (verb === '-getreg') {
      const key = this.#at(whole);
      if (key === undefined) return { exitCode: 0x80070002, stdout: words.notFound };
      return { exitCode: 0, stdout: words.listing(key.path, this.#subkeys(key.path), [...key.values.values()], flags) };
    }
    if (!this.#options.writable) return { exitCode: accessDenied.exitCode, stdout: words.denied };
    const cut = whole.lastIndexOf('\\');
    const key = this.#key(whole.slice(0, cut));
    const name = whole.slice(cut + 1);
    const before = key.values.get(name.toLowerCase());
    if (verb === '-delreg') {
      if (before === undefined) return { exitCode: 0x80070002, stdout: words.notFound };
      if (!this.#options.forgetsWrites) key.values.delete(name.toLowerCase());
      return { exitCode: 0, stdout: words.done };
    }
    const after = { name, ...guessed(text, before) };
    if (!this.#options.forgetsWrites) key.values.set(name.toLowerCase(), after);
    return { exitCode: 0, stdout: words.changed(whole, before, after, flags) };
  }

  /** `exit` is the key of the first module in the list. */
  #resolved(path: string): string {
    const { caName, modules } = this.#options;
    const base = `${configuration}\\${caName}\\ExitModules`;
    const [, ...rest] = path.split('\\');
    const module = modules.find((one) => one.toLowerCase() === rest[0]?.toLowerCase());
    return [base, ...(module === undefined ? [modules[0] ?? '', ...rest] : [module, ...rest.slice(1)])].join('\\');
  }

  #subkeys(path: string): readonly string[] {
    const names = this.#below(path).map((key) => key.path.slice(path.length + 1).split('\\')[0] ?? '');
    return [...new Set(names)].toSorted();
  }

  #service([verb = '', service = '']: readonly string[]): Partial<CommandResult> {
    const { installed, cluster, language, writable, slowness, startFails } = this.#options;
    const missing = service === 'CertSvc' ? !installed : service === 'ClusSvc' ? cluster === 'none' : true;
    if (missing) return { exitCode: 1060 };
    if (verb === 'query' || verb === 'queryex') {
      if (this.#answersLeft > 0) this.#answersLeft -= 1;
      else if (this.#state === 3) this.#state = 1;
      else if (this.#state === 2) this.#state = startFails ? 1 : 4;
      return { exitCode: 0, stdout: scStatus(language, service, this.#state, this.#state === 1 ? 0 : this.processId) };
    }
    if (!writable) return { exitCode: 5 };
    if (verb === 'stop' && this.#state === 1) return { exitCode: 1062 };
    if (verb === 'start' && this.#state === 4) return { exitCode: 1056 };
    this.#state = verb === 'stop' ? 3 : 2;
    if (verb === 'start') this.processId += 1;
    this.#answersLeft = slowness;
    return { exitCode: 0, stdout: scStatus(language, service, this.#state, this.processId) };
  }

  #firewall(args: readonly string[]): Partial<CommandResult> {
    if (args.includes('show')) return this.blocked ? { exitCode: 0, stdout: '\nLocalPort:   25\n' } : { exitCode: 1 };
    if (!this.#options.writable) return { exitCode: 1 };
    this.blocked = args.includes('add');
    return { exitCode: 0, stdout: 'Ok.\n' };
  }
}

const regText = (data: Data['data']): string =>
  typeof data === 'number' ? `0x${data.toString(16)}` : typeof data === 'string' ? data : data.join('\\0');

/** certutil guesses what a text is. */
function guessed(text: string, before: Data | undefined): Data {
  if (/^[+-]/.test(text)) {
    const bit = flags[text.slice(1)] ?? Number(text.slice(1));
    if (before?.type !== 'REG_DWORD' || Number.isNaN(bit)) return { type: 'REG_SZ', data: text };
    const mask = Number(before.data);
    return { type: 'REG_DWORD', data: (text.startsWith('+') ? mask | bit : mask & ~bit) >>> 0 };
  }
  if (/^(?:0x[0-9a-f]+|\d+)$/i.test(text)) return { type: 'REG_DWORD', data: Number(text) };
  if (/^\d{1,2}[./]\d{1,2}[./]\d{4}/.test(text)) return { type: 'REG_BINARY', data: '00' };
  return { type: 'REG_SZ', data: text };
}
