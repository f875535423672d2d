import type { TabTexts } from '../../setting-texts.ts';

export const messageTexts: TabTexts<'messages'> = {
  'messages.sizeLimit': {
    label: 'Limit message size to (KB)',
    help: 'Larger messages are refused. The limit is announced to the client before it sends.',
  },
  'messages.sessionSizeLimit': {
    label: 'Limit session size to (KB)',
    help: 'How much all messages of one incoming connection may add up to. A client that has more to send must connect again.',
  },
  'messages.messagesPerConnection': {
    label: 'Limit number of messages per connection to',
    help: 'For outgoing mail only, as in IIS 6: after so many messages a further connection is opened for the rest.',
  },
  'messages.inboundMessagesPerConnection': {
    label: 'Limit number of incoming messages per connection to',
    help: 'After so many messages a client must connect again. IIS 6 has no such limit, and it is off by default.',
  },
  'messages.recipientLimit': {
    label: 'Limit number of recipients per message to',
    help: 'Further recipients of one message get a temporary refusal, so that the client sends them in another message. RFC 5321 asks for 100 or more.',
  },
  'messages.badCommandLimit': {
    label: 'Limit number of bad commands per connection to',
    help: 'A client that sends so many commands that are unknown or refused is disconnected.',
  },
  'messages.reportCopyTo': {
    label: 'Send copy of Non-Delivery Report to',
    help: 'Every non-delivery report this server makes is also sent to this address. Empty: to the sender only.',
  },
  'messages.reportLanguage': {
    label: 'Language of reports',
    help: 'The language of the text in non-delivery reports and delay notifications. Their part for programs is the same in every language.',
  },
  'messages.badmailFolder': {
    label: 'Badmail directory',
    help: 'The folder on a local disk for mail that can be neither delivered nor returned, with the reason beside each message. Empty: Badmail in the home directory.',
  },
  'messages.pickup': {
    label: 'Send messages from the Pickup directory',
    help: 'Text files that programs put into the Pickup directory are sent as mail. There is no relay check: whoever may write to the folder may send anywhere.',
  },
  'messages.pickupFolder': {
    label: 'Pickup directory',
    help: 'The folder on a local disk from which files are sent. Empty: Pickup in the home directory.',
  },
};
