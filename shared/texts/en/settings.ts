/** Labels of settings as the IIS 6 property sheet has them, and one or two sentences of help for each. */
import type { SettingKey } from '../../settings/server-settings.ts';

export interface SettingText {
  readonly label: string;
  readonly help: string;
}

export const settingTexts: Readonly<Record<SettingKey, SettingText>> = {
  'general.name': {
    label: 'Name',
    help: 'The name of this virtual server in the console. It changes nothing in the mail.',
  },
  'general.state': {
    label: 'State',
    help: 'Started: takes mail in and delivers it. Paused: refuses new connections, delivers what is queued. Stopped: does neither; queued mail stays.',
  },
  'general.listen': {
    label: 'IP address',
    help: 'The address and port pairs this virtual server listens on. With the loopback addresses only programs on this computer can connect; * is every address of this computer.',
  },
  'general.connectionLimit': {
    label: 'Limit number of connections to',
    help: 'How many clients may be connected at the same time. Further connections are turned away until one ends.',
  },
  'general.connectionTimeout': {
    label: 'Connection time-out (minutes)',
    help: 'An incoming connection that sends nothing for this long is closed.',
  },
  'access.relayMode': {
    label: 'Select which computer may relay through this virtual server',
    help: '“Only the list below” refuses every computer that is not listed. “All except the list below” lets every other computer send mail anywhere (open relay).',
  },
  'access.relayList': {
    label: 'Computers',
    help: 'Single computers, groups of computers (subnet mask or prefix) and this computer itself, to which the choice above applies.',
  },
  'messages.sizeLimit': {
    label: 'Limit message size to (KB)',
    help: 'Larger messages are refused. The limit is announced to the client before it sends.',
  },
  'messages.recipientLimit': {
    label: 'Limit number of recipients per message to',
    help: 'Further recipients of one message get a temporary refusal, so that the client sends them in another message. RFC 5321 asks for 100 or more.',
  },
  'delivery.retryIntervals': {
    label: 'Retry intervals (minutes)',
    help: 'The waiting times after the first, second, third and each subsequent attempt that failed. The last one is repeated.',
  },
  'delivery.expiration': {
    label: 'Expiration timeout',
    help: 'A message that could not be delivered for this long is returned to its sender with a non-delivery report.',
  },
  'delivery.smartHosts': {
    label: 'Smart host',
    help: 'The mail gateways all mail is sent through, tried in this order. Empty: mail is delivered to the mail servers (MX) of each recipient domain.',
  },
  'delivery.outboundPort': {
    label: 'TCP port',
    help: 'The port on the remote server for outgoing mail, unless a smart host names its own.',
  },
  'delivery.connectionLimit': {
    label: 'Limit number of connections to',
    help: 'How many outgoing connections may be open at the same time, to all destinations together.',
  },
  'delivery.connectionsPerDestination': {
    label: 'Limit number of connections per domain to',
    help: 'How many outgoing connections may be open at the same time to one destination.',
  },
  'delivery.connectionTimeout': {
    label: 'Time-out (minutes)',
    help: 'An outgoing connection on which the remote server does not answer for this long is closed, and the attempt has failed.',
  },
  'delivery.fullyQualifiedName': {
    label: 'Fully-qualified domain name',
    help: 'The name this virtual server uses in its greeting, in HELO and in the Received line. Empty: the name of this computer.',
  },
};
