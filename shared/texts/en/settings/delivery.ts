import type { TabTexts } from '../../setting-texts.ts';
import { outboundSecurityTexts } from './outbound-security.ts';

export const deliveryTexts: TabTexts<'delivery'> = {
  'delivery.retryIntervals': {
    label: 'Retry intervals (minutes)',
    help: 'The waiting times after the first, second, third and each subsequent attempt that failed. The last one is repeated.',
  },
  'delivery.delayNotification': {
    label: 'Delay notification',
    help: 'The sender of a message that has waited for this long is told once that it is late. When it is off, nobody is told.',
  },
  'delivery.expiration': {
    label: 'Expiration timeout',
    help: 'A message that could not be delivered for this long is returned to its sender with a non-delivery report.',
  },
  'delivery.expireDuringOutage': {
    label: 'Let messages expire while their destination is unreachable',
    help: 'As in IIS 6, the time for which a destination is unreachable as a whole then counts. Off by default: a gateway that is down over a weekend must not return mail.',
  },
  'delivery.localDelayNotification': {
    label: 'Delay notification',
    help: 'The sender of a message for a local domain that has waited for this long is told once that it is late. When it is off, nobody is told.',
  },
  'delivery.localExpiration': {
    label: 'Expiration timeout',
    help: 'A message that could not be written to the Drop directory for this long is returned to its sender with a non-delivery report.',
  },
  'delivery.tlsMode': outboundSecurityTexts.tlsMode,
  'delivery.implicitTls': outboundSecurityTexts.implicitTls,
  'delivery.caFile': outboundSecurityTexts.caFile,
  'delivery.authentication': outboundSecurityTexts.authentication,
  'delivery.userName': outboundSecurityTexts.userName,
  'delivery.oauthTokenEndpoint': outboundSecurityTexts.oauthTokenEndpoint,
  'delivery.oauthClientId': outboundSecurityTexts.oauthClientId,
  'delivery.oauthScope': outboundSecurityTexts.oauthScope,
  'delivery.connectionLimit': {
    label: 'Limit number of connections to',
    help: 'How many outgoing connections may be open at the same time, to all destinations together.',
  },
  'delivery.connectionsPerDestination': {
    label: 'Limit number of connections per domain to',
    help: 'How many outgoing connections may be open at the same time to one destination.',
  },
  'delivery.messagesPerMinute': {
    label: 'Limit number of messages per minute and domain to',
    help: 'Further messages to one destination wait in the queue. For providers that refuse whoever sends faster: Microsoft 365 takes 30 a minute from a mailbox. IIS 6 has no such limit.',
  },
  'delivery.connectionTimeout': {
    label: 'Time-out (minutes)',
    help: 'An outgoing connection on which the remote server does not answer for this long is closed, and the attempt has failed. A message has this long to be taken, and once more for each megabyte.',
  },
  'delivery.connectTimeout': {
    label: 'Connect time-out (seconds)',
    help: 'How long a remote server may take to accept a connection before the next one is tried.',
  },
  'delivery.greetingTimeout': {
    label: 'Greeting time-out (seconds)',
    help: 'How long a remote server may take to greet after it has accepted a connection; never longer than the time-out of the connection.',
  },
  'delivery.commandTimeout': {
    label: 'Command time-out (seconds)',
    help: 'How long a remote server may take to answer a command; never longer than the time-out of the connection.',
  },
  'delivery.finalReplyTimeout': {
    label: 'Final reply time-out (seconds)',
    help: 'How long a remote server may take to confirm a message after its end. RFC 5321 asks for ten minutes; with less, messages may arrive twice.',
  },
  'delivery.outboundPort': {
    label: 'TCP port',
    help: 'The port on the remote server for outgoing mail, unless a smart host or remote domain names its own.',
  },
  'delivery.hopLimit': {
    label: 'Maximum hop count',
    help: 'A message that has passed through more servers than this, counted by its Received lines, is in a loop and is not sent on. IIS 6 stops at 15.',
  },
  'delivery.masqueradeDomain': {
    label: 'Masquerade domain',
    help: 'The domain that takes the place of the local one in sender addresses of outgoing mail. Empty: sender addresses stay as they are.',
  },
  'delivery.fullyQualifiedName': {
    label: 'Fully-qualified domain name',
    help: 'The name this virtual server uses in its greeting, in HELO and in the Received line. Empty: the name of this computer.',
  },
  'delivery.smartHosts': {
    label: 'Smart host',
    help: 'The mail gateways all mail is sent through, tried in this order. Empty: mail is delivered to the mail servers (MX) of each recipient domain.',
  },
  'delivery.directFirst': {
    label: 'Attempt direct delivery before sending to smart host',
    help: 'Mail is tried at the mail servers (MX) of the recipient domain first; the smart hosts get what cannot be delivered there.',
  },
  'delivery.reverseLookup': {
    label: 'Perform reverse DNS lookup on incoming messages',
    help: 'Notes in the Received line whether the name of the client agrees with its address. It never refuses mail, and unlike IIS 6 no client waits for DNS.',
  },
  'delivery.frozen': {
    label: 'Frozen destinations',
    help: 'Next hops, by the name the queue shows, to which nothing is sent until they are taken off this list. Mail for them is still taken in.',
  },
};
