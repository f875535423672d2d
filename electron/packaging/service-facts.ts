/** What the operating system knows the relay by when it runs as a service. */
export const serviceName = 'SmtpRelay';
export const serviceTitle = 'SMTP Relay Manager';
export const serviceDescription =
  'Takes mail of this computer, keeps it durably on disk and delivers it when the mail gateway is reachable.';

/** The unit of the Linux packages. */
export const systemdUnit = 'smtp-relay.service';
