/** What a certification authority can send mail about: bits of `EventFilter` in certexit.h, and where each mail is kept. */

export const exitEventIds = [
  'issued',
  'pending',
  'denied',
  'revoked',
  'retrievePending',
  'crlIssued',
  'shutdown',
  'startup',
  'imported',
] as const;
export type ExitEventId = (typeof exitEventIds)[number];

interface ExitEvent {
  readonly bit: number;
  /** The name certutil knows. */
  readonly constant: string;
  /** Registry key of the mail; null: none is known. */
  readonly key: string | null;
  /** About one certificate: newer systems keep the mail for each template, and without `To` it goes to the requester. */
  readonly ofCertificate: boolean;
}

export const exitEvents: Readonly<Record<ExitEventId, ExitEvent>> = {
  issued: { bit: 0x1, constant: 'EXITEVENT_CERTISSUED', key: 'Issued', ofCertificate: true },
  pending: { bit: 0x2, constant: 'EXITEVENT_CERTPENDING', key: 'Pending', ofCertificate: true },
  denied: { bit: 0x4, constant: 'EXITEVENT_CERTDENIED', key: 'Denied', ofCertificate: true },
  revoked: { bit: 0x8, constant: 'EXITEVENT_CERTREVOKED', key: 'Revoked', ofCertificate: true },
  retrievePending: { bit: 0x10, constant: 'EXITEVENT_CERTRETRIEVEPENDING', key: null, ofCertificate: true },
  crlIssued: { bit: 0x20, constant: 'EXITEVENT_CRLISSUED', key: 'CRLIssued', ofCertificate: false },
  shutdown: { bit: 0x40, constant: 'EXITEVENT_SHUTDOWN', key: 'Shutdown', ofCertificate: false },
  startup: { bit: 0x80, constant: 'EXITEVENT_STARTUP', key: 'Startup', ofCertificate: false },
  imported: { bit: 0x200, constant: 'EXITEVENT_CERTIMPORTED', key: 'Imported', ofCertificate: true },
};

export const hasExitEvent = (mask: number, id: ExitEventId): boolean => (mask & exitEvents[id].bit) !== 0;

/** Bits of the mask that belong to no event we know; they are kept whatever else changes. */
export const unknownExitEvents = (mask: number): number =>
  exitEventIds.reduce((rest, id) => rest & ~exitEvents[id].bit, mask) >>> 0;
