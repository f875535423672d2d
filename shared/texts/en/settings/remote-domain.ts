/** The property sheet of a remote domain. */
import type { RemoteDomainTexts } from '../../setting-texts.ts';

export const remoteDomainTexts: RemoteDomainTexts = {
  name: {
    label: 'Name',
    help: 'The domain behind the @ of the recipients, such as example.org, or *.example.org for all domains below it.',
  },
  relayAllowed: {
    label: 'Allow incoming mail to be relayed to this domain',
    help: 'Everybody who may connect may send to this domain, whatever the relay restrictions say.',
  },
  helo: {
    label: 'Send HELO instead of EHLO',
    help: 'For old servers that stumble over EHLO. Neither STARTTLS nor authentication is possible then.',
  },
  smartHosts: {
    label: 'Forward all mail to smart host',
    help: 'The mail gateways for this domain, tried in this order, instead of those of the server. Empty: the mail servers (MX) of the domain by DNS.',
  },
  port: {
    label: 'TCP port',
    help: 'The port on the remote server for this domain, unless a smart host names its own. Empty: the port of the server.',
  },
  held: {
    label: 'Hold messages until they are released',
    help: 'Mail for this domain waits in the queue until it is released there. It takes the place of remote triggered delivery (ATRN) of IIS 6, which is not built here.',
  },
  security: {
    label: 'Outbound Security',
    help: 'TLS and authentication for this domain alone. Without it those of the server apply.',
  },
};
