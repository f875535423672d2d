/** General tab of the property sheet: its dialogs for time limits and logging. */
export const generalTab = {
  tls: 'TLS',
  tlsYes: 'Yes',
  identityTls: 'Encrypted from the first byte (implicit TLS, usually port 465)',
  identityNeedsCertificate:
    'There is no certificate yet: the port is opened once one is set up on Access > Secure communication.',
  needsPlain: 'At least one address without TLS is needed.',
  timeLimitsButton: 'Time limits…',
  timeLimits: 'Time Limits',
  timeLimitsExplanation:
    'The connection time-out ends silence. These limits end what never gets anywhere, such as a client that sends a byte now and then.',
  logging: 'Logging',
  logFormat: 'Active log format',
  formatW3c: 'W3C Extended Log File Format',
  formatIis: 'Microsoft IIS Log File Format (not built here)',
  formatNcsa: 'NCSA Common Log File Format (not built here)',
  formatOdbc: 'ODBC Logging (not built here)',
  logProperties: 'Properties…',
  logTitle: 'Extended Logging Properties',
  logGeneral: 'General',
  logAdvanced: 'Advanced',
  logNext: 'Log file name: {{name}}',
  usualLogFolder: 'in the data folder of the relay',
  reservedField: 'never carries data for SMTP',
  name: 'Fully-qualified domain name',
  nameWhere: 'To change it: Delivery > Advanced…',
  mailrootPlaceholder: 'in the data folder of the relay',
};
