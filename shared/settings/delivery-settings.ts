import * as z from 'zod';
import {
  choiceField,
  countLimitField,
  durationField,
  durationLimitField,
  listField,
  switchField,
  textField,
  wholeField,
} from './field.ts';
import { outboundAuthentications, tlsModes } from './outbound-security.ts';
import {
  day,
  domainOrEmpty,
  hostNameOrEmpty,
  hour,
  localPathOrEmpty,
  minute,
  plainText,
  port,
  seconds,
  smartHost,
  webAddressOrEmpty,
} from './patterns.ts';

const delivery = { tab: 'delivery' } as const;
const inMinutes = { ...delivery, shownIn: 'minutes' } as const;
const inHours = { ...delivery, shownIn: 'hours' } as const;
const inDays = { ...delivery, shownIn: 'days' } as const;
const inSeconds = { ...delivery, shownIn: 'seconds' } as const;
const lifetime = { min: 1, max: 365 * day };
const stage = { min: 5, max: hour };

export const deliverySettings = {
  'delivery.retryIntervals': listField(inMinutes, 'duration', seconds(1, 7 * day), { min: 1, max: 4 }, [
    1 * minute,
    5 * minute,
    15 * minute,
    60 * minute,
  ]),
  'delivery.delayNotification': durationLimitField(inHours, lifetime, 12 * hour),
  'delivery.expiration': durationField(inDays, lifetime, 5 * day),
  /** On: the time a destination is unreachable as a whole counts against its messages, as in IIS. */
  'delivery.expireDuringOutage': switchField(delivery, false),
  'delivery.localDelayNotification': durationLimitField(inHours, lifetime, 12 * hour),
  'delivery.localExpiration': durationField(inDays, lifetime, 2 * day),

  'delivery.tlsMode': choiceField(delivery, tlsModes, 'opportunistic'),
  'delivery.implicitTls': switchField(delivery, false),
  'delivery.caFile': textField({ ...delivery, content: 'file' }, localPathOrEmpty, ''),
  'delivery.authentication': choiceField(delivery, outboundAuthentications, 'none'),
  /** Their secrets: see secrets.ts. */
  'delivery.userName': textField(delivery, plainText(320), ''),
  'delivery.oauthTokenEndpoint': textField({ ...delivery, content: 'webAddress' }, webAddressOrEmpty, ''),
  'delivery.oauthClientId': textField(delivery, plainText(200), ''),
  'delivery.oauthScope': textField(delivery, plainText(500), ''),

  'delivery.connectionLimit': countLimitField(delivery, { min: 1, max: 10_000 }, 100),
  'delivery.connectionsPerDestination': countLimitField(delivery, { min: 1, max: 1_000 }, 10),
  /** To one destination; providers refuse who sends faster. */
  'delivery.messagesPerMinute': countLimitField(delivery, { min: 1, max: 100_000 }, null),
  /** Silence that ends a conversation; the stages below are never longer than this. */
  'delivery.connectionTimeout': durationField(inMinutes, { min: 5, max: day }, 10 * minute),
  'delivery.connectTimeout': durationField(inSeconds, { min: 1, max: hour }, 30),
  'delivery.greetingTimeout': durationField(inSeconds, stage, 5 * minute),
  'delivery.commandTimeout': durationField(inSeconds, stage, 5 * minute),
  /** RFC 5321 section 4.5.3.2.6 asks for ten minutes: whoever gives up earlier sends twice. */
  'delivery.finalReplyTimeout': durationField(inSeconds, stage, 10 * minute),
  'delivery.outboundPort': wholeField(delivery, port, 25),

  'delivery.hopLimit': wholeField(delivery, { min: 10, max: 256 }, 30),
  'delivery.masqueradeDomain': textField({ ...delivery, content: 'mailDomain' }, domainOrEmpty, ''),
  'delivery.fullyQualifiedName': textField({ ...delivery, content: 'hostName' }, hostNameOrEmpty, ''),
  'delivery.smartHosts': listField(delivery, 'smartHost', smartHost, { min: 0, max: 16 }, []),
  'delivery.directFirst': switchField(delivery, false),
  'delivery.reverseLookup': switchField(delivery, false),
  /** Next hops, by the name the queue shows, to which nothing is sent until they are taken off the list. */
  'delivery.frozen': listField(delivery, 'destination', z.string().min(1).max(2_000), { min: 0, max: 1_000 }, []),
} as const;
