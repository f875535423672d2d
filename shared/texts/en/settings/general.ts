import type { TabTexts } from '../../setting-texts.ts';

export const generalTexts: TabTexts<'general'> = {
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
  'general.listenTls': {
    label: 'IP address for implicit TLS',
    help: 'Address and port pairs on which connections are encrypted from the first byte (usually port 465); they need a certificate. IIS 6 knows only STARTTLS.',
  },
  'general.connectionLimit': {
    label: 'Limit number of connections to',
    help: 'How many clients may be connected at the same time. Further connections are turned away until one ends.',
  },
  'general.connectionLimitPerClient': {
    label: 'Limit number of connections per client to',
    help: 'How many connections one client address may have open at the same time, so that one client cannot take them all. IIS 6 has no such limit.',
  },
  'general.connectionTimeout': {
    label: 'Connection time-out (minutes)',
    help: 'An incoming connection that sends nothing for this long is closed.',
  },
  'general.commandTimeLimit': {
    label: 'Limit time per command to (minutes)',
    help: 'A client that takes longer than this to send one command is disconnected, even if a byte arrives now and then.',
  },
  'general.transactionTimeLimit': {
    label: 'Limit time per transaction to (minutes)',
    help: 'A client that takes longer than this from the sender (MAIL) to the end of the message is disconnected; the unfinished message is discarded.',
  },
  'general.messageTimeLimit': {
    label: 'Limit time per message transfer to (minutes)',
    help: 'A client that takes longer than this to transfer the content of one message is disconnected, even if a byte arrives now and then.',
  },
  'general.mailroot': {
    label: 'Home directory',
    help: 'The folder on a local disk that holds Queue, Pickup, Drop and Badmail of this virtual server; empty: in the data folder of the relay. A change takes effect at the next start of the relay and moves no files.',
  },
};
