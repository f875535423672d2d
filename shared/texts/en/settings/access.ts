import type { TabTexts } from '../../setting-texts.ts';

export const accessTexts: TabTexts<'access'> = {
  'access.anonymous': {
    label: 'Anonymous access',
    help: 'Clients may send without authenticating; where they may send is up to the relay restrictions. When it is off, mail is refused until the client has authenticated.',
  },
  'access.basic': {
    label: 'Basic authentication',
    help: 'Offers authentication with the user names and passwords kept here. Integrated Windows authentication is not built here: it needs the domain’s Kerberos or NTLM. Programs on this host are let in by the relay list, others by basic authentication with TLS.',
  },
  'access.basicRequiresTls': {
    label: 'Requires TLS encryption',
    help: 'Basic authentication is offered and accepted on encrypted connections only, because it sends the password practically in clear text. On by default, unlike IIS 6.',
  },
  'access.users': {
    label: 'Users',
    help: 'The user names for basic authentication, each with a password of its own that is stored as a hash only. IIS 6 takes Windows accounts; here a password that leaks opens nothing but this relay.',
  },
  'access.failedLoginDelay': {
    label: 'Delay after a failed logon (seconds)',
    help: 'The answer to a wrong user name or password is held back for this long, which slows guessing down. Other connections do not wait.',
  },
  'access.lockoutThreshold': {
    label: 'Limit number of failed logons to',
    help: 'After so many failed logons of one client or for one user name, further ones are refused for the lockout duration, even with the right password.',
  },
  'access.lockoutTime': {
    label: 'Lockout duration (minutes)',
    help: 'How long logons are refused after too many failed ones. The lock ends by itself.',
  },
  'access.certificateFile': {
    label: 'Certificate file',
    help: 'PEM or PFX file with the certificate for incoming connections; without one TLS is not offered. IIS 6 searches the certificate store of the computer; here it is a file, a renewed one is read without a restart, and a warning comes before it expires.',
  },
  'access.certificateKeyFile': {
    label: 'Private key file',
    help: 'PEM file with the private key, if the certificate file does not contain it. Its passphrase is stored apart from the settings.',
  },
  'access.requireTls': {
    label: 'Require TLS encryption',
    help: 'Clients must start TLS before they may send anything. The SMTP exit module of a Certification Authority cannot do TLS and would be refused.',
  },
  'access.connectionMode': {
    label: 'Select which computers may access this virtual server',
    help: '“Only the list below” turns every computer away that is not listed. “All except the list below” turns away the listed ones. It is decided when a connection is made, before any command.',
  },
  'access.connectionList': {
    label: 'Computers',
    help: 'Single computers, groups of computers (subnet mask or prefix), domains, and this computer itself, to which the choice above applies. Only entries by domain need a DNS lookup of the client.',
  },
  'access.relayMode': {
    label: 'Select which computer may relay through this virtual server',
    help: '“Only the list below” refuses every computer that is not listed. “All except the list below” lets every other computer send mail anywhere (open relay).',
  },
  'access.relayList': {
    label: 'Computers',
    help: 'Single computers, groups of computers (subnet mask or prefix), domains, and this computer itself, to which the choice above applies. Unlike IIS 6 the list has this computer in it from the start.',
  },
  'access.relayAuthenticated': {
    label: 'Allow all computers which successfully authenticate to relay, regardless of the list above',
    help: 'Whoever knows a user name and password may send mail anywhere. Off by default, unlike IIS 6.',
  },
};
