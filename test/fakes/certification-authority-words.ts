/** What the programs of Windows say about a certification authority, in English and German. Composed from public outputs. */

export type FakeLanguage = 'en' | 'de';

interface Shown {
  readonly name: string;
  readonly type: string;
  readonly data: string | number | readonly string[];
}
type Flags = Readonly<Record<string, number>>;

export const regWords = {
  en: {
    accessDenied: 'ERROR: Access is denied.\n',
    notFound: 'ERROR: The system was unable to find the specified registry key or value.\n',
    syntax: 'ERROR: Invalid syntax.\n',
    done: 'The operation completed successfully.\n',
  },
  de: {
    accessDenied: 'FEHLER: Zugriff verweigert\n',
    notFound: 'FEHLER: Der angegebene Registrierungsschlüssel bzw. Wert wurde nicht gefunden.\n',
    syntax: 'FEHLER: Ungültige Syntax.\n',
    done: 'Der Vorgang wurde erfolgreich beendet.\n',
  },
} as const;

const words = {
  en: {
    keys: 'Keys:',
    values: 'Values:',
    old: 'Old Value:',
    new: 'New Value:',
    done: (verb: string) => `CertUtil: ${verb} command completed successfully.\n`,
    failed: (verb: string, code: string) => `CertUtil: ${verb} command FAILED: ${code}\n`,
    restart: 'The CertSvc service may need to be restarted for changes to take effect.\n',
    notFound: 'CertUtil: The system cannot find the file specified.\n',
    denied: 'CertUtil: Access is denied.\n',
  },
  de: {
    keys: 'Schlüssel:',
    values: 'Werte:',
    old: 'Alter Wert:',
    new: 'Neuer Wert:',
    done: (verb: string) => `CertUtil: ${verb}-Befehl wurde erfolgreich ausgeführt.\n`,
    failed: (verb: string, code: string) => `CertUtil: ${verb}-Befehl ist fehlgeschlagen: ${code}\n`,
    restart: 'Der Dienst "CertSvc" muss möglicherweise neu gestartet werden, damit die Änderungen wirksam werden.\n',
    notFound: 'CertUtil: Das System kann die angegebene Datei nicht finden.\n',
    denied: 'CertUtil: Zugriff verweigert\n',
  },
} as const;

export function certutilWords(language: FakeLanguage, verb: string) {
  const said = words[language];
  return {
    done: said.done(verb),
    notFound: said.failed(verb, '0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)') + said.notFound,
    denied: said.failed(verb, '0x80070005 (WIN32: 5 ERROR_ACCESS_DENIED)') + said.denied,
    listing: (path: string, subkeys: readonly string[], values: readonly Shown[], flags: Flags): string =>
      [
        `${path}:\n\n`,
        subkeys.length === 0 ? '' : `${said.keys}\n${subkeys.map((key) => `  ${key}\n`).join('')}\n`,
        values.length === 0 ? '' : `${said.values}\n${values.map((value) => certutilValue(value, 24, flags)).join('')}`,
        said.done(verb),
      ].join(''),
    changed: (path: string, before: Shown | undefined, after: Shown, flags: Flags): string =>
      [
        `${path}:\n\n`,
        before === undefined ? '' : `${said.old}\n${certutilValue(before, 0, flags)}\n`,
        `${said.new}\n${certutilValue(after, 0, flags)}`,
        said.done(verb),
        said.restart,
      ].join(''),
  };
}

function certutilValue({ name, type, data }: Shown, width: number, flags: Flags): string {
  const start = `  ${name.padEnd(width)} ${type} =`;
  if (typeof data === 'string') return `${start} ${data}\n`;
  if (typeof data !== 'number') return `${start}\n${data.map((part, index) => `    ${index}: ${part}\n`).join('')}\n`;
  const shown = (number: number): string => {
    const hex = number.toString(16);
    return hex === String(number) ? hex : `${hex} (${number})`;
  };
  const set = name === 'EventFilter' ? Object.entries(flags).filter(([, bit]) => (data & bit) !== 0) : [];
  const lines = set.map(([flag, bit]) => `    ${flag} -- ${shown(bit)}\n`);
  return `${start} ${shown(data)}\n${lines.join('')}${lines.length === 0 ? '' : '\n'}`;
}

const stateNames = ['', 'STOPPED', 'START_PENDING', 'STOP_PENDING', 'RUNNING'];

export const scStatus = (language: FakeLanguage, service: string, state: number, processId: number): string => {
  const [name, type, status] =
    language === 'de' ? ['SERVICE_NAME', 'TYP', 'STATUS'] : ['SERVICE_NAME', 'TYPE', 'STATE'];
  return [
    `\n${name}: ${service}`,
    `        ${type}               : 10  WIN32_OWN_PROCESS`,
    `        ${status}              : ${state}  ${stateNames[state] ?? ''}`,
    '                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)',
    '        WIN32_EXIT_CODE    : 0  (0x0)',
    '        SERVICE_EXIT_CODE  : 0  (0x0)',
    '        CHECKPOINT         : 0x0',
    '        WAIT_HINT          : 0x0',
    `        PID                : ${processId}`,
    '        FLAGS              :\n',
  ].join('\n');
};
