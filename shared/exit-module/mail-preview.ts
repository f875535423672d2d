/** How a mail of the exit module reads: `%1` of a text is the first name in its list of arguments. Pure. */
import { readableCaName } from './ca-name.ts';

export interface MailTexts {
  readonly titleFormat: string;
  readonly titleArguments: readonly string[];
  readonly bodyFormat: readonly string[];
  readonly bodyArguments: readonly string[];
}

export interface PreviewFacts {
  /** As in the registry. */
  readonly caName: string;
  readonly computerName: string;
}

export interface MailPreview {
  readonly subject: string;
  readonly body: string;
}

/** What the exit module writes for a property that it can't find. */
export const unknownProperty = '???';

/** An invented certificate, with values of the properties that mails usually show. */
const sampleCertificate: Readonly<Record<string, string>> = {
  'Request.RequestID': '4711',
  'Request.RequesterName': 'CORP\\ERIKA.SAMPLE',
  'Request.CallerName': 'CORP\\ERIKA.SAMPLE',
  'Request.SubmittedWhen': '2030-01-15 09:30',
  'Request.ResolvedWhen': '2030-01-15 09:30',
  'Request.DistinguishedName': 'CN=Erika Sample, O=Example Corp, C=DE',
  'Request.DispositionMessage': 'Issued',
  'Request.Disposition': '20',
  'Request.StatusCode': '0x0 (0)',
  'Request.RevokedWhen': '2030-02-01 14:05',
  'Request.RevokedEffectiveWhen': '2030-02-01 14:05',
  'Request.RevokedReason': '1',
  UPN: 'erika.sample@corp.example.com',
  SerialNumber: '1a00000007c5e8d3f1a2b4c6d8000000000007',
  NotBefore: '2030-01-15 09:20',
  NotAfter: '2032-01-15 09:20',
  DistinguishedName: 'CN=Erika Sample, O=Example Corp, C=DE',
  CommonName: 'Erika Sample',
  CertificateTemplate: 'User',
  CertificateHash: '9f 2c 41 d0 6b 77 e3 18 5a c4 0e 91 b6 2d 83 f5 7a 10 cc 4e',
  RawCertificate: 'MIIFazCCBFOgAwIBAgITGgAAAAfF6NPxorTG2AAAAAAABzANBg…',
};

/** Names whose value a preview knows, for people who choose one. */
export const previewProperties = (): readonly string[] =>
  [...Object.keys(sampleCertificate), ...Object.keys(ofComputer({ caName: '', computerName: '' }))].toSorted();

export function previewMail(texts: MailTexts, facts: PreviewFacts): MailPreview {
  const values = new Map(
    Object.entries({ ...sampleCertificate, ...ofComputer(facts) }).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const valuesOf = (names: readonly string[]): readonly string[] =>
    names.map((name) => values.get(name.trim().toLowerCase()) ?? unknownProperty);
  const bodyValues = valuesOf(texts.bodyArguments);
  return {
    subject: fill(texts.titleFormat, valuesOf(texts.titleArguments)),
    body: texts.bodyFormat.map((line) => fill(line, bodyValues)).join('\n'),
  };
}

const ofComputer = ({ caName, computerName }: PreviewFacts): Readonly<Record<string, string>> => ({
  SanitizedCAName: caName,
  SanitizedShortName: caName,
  CAName: readableCaName(caName),
  MachineDNSName: computerName,
});

/** `%%` is one percent sign; a number without an argument has no value either. */
const fill = (format: string, values: readonly string[]): string =>
  format.replace(/%(%|\d{1,2})/g, (_, mark: string) =>
    mark === '%' ? '%' : (values[Number(mark) - 1] ?? unknownProperty),
  );
