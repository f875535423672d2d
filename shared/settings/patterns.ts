/** Texts inside settings, each with the sentence that says what would be right. */
import * as z from 'zod';
import { isHostName, isMailDomain, isRelayEntry, parseEndpoint, parseSmartHost } from './address.ts';

export const minute = 60;
export const hour = 60 * minute;
export const day = 24 * hour;
export const kibibyte = 1_024;
export const mebibyte = 1_048_576;
export const gibibyte = 1_024 * mebibyte;
export const port = { min: 1, max: 65_535 };

export const endpoint = z.string().refine((text) => parseEndpoint(text) !== null, {
  error: "Not an address and port, such as '127.0.0.1:25', '[::1]:25' or '*:25'.",
});
export const relayEntry = z.string().refine(isRelayEntry, {
  error:
    "Not an address ('10.0.0.5'), a group ('10.0.0.0/255.255.255.0', '10.0.0.0/24', 'fd00::/8'), a domain ('*.example.org') or 'host' for this computer.",
});
export const smartHost = z.string().refine((text) => parseSmartHost(text) !== null, {
  error:
    "Not a host name or address with an optional port, such as 'mail.example.org', '10.1.2.3:587' or '[2001:db8::1]:25'.",
});
export const seconds = (min: number, max: number) => z.int().min(min).max(max);

export const hostNameOrEmpty = z.string().refine((text) => text === '' || isHostName(text), {
  error: 'Not a fully-qualified domain name; empty means the name of this computer.',
});
export const domainOrEmpty = z.string().refine((text) => text === '' || (isMailDomain(text) && !text.startsWith('*')), {
  error: "Not a mail domain, such as 'example.org'; empty means none.",
});
export const mailDomain = z.string().refine((text) => isMailDomain(text) && !text.startsWith('*'), {
  error: "Not a mail domain, such as 'example.org'.",
});
export const mailDomainOrWildcard = z.string().refine(isMailDomain, {
  error: "Not a mail domain, such as 'example.org' or '*.example.org'.",
});
export const addressOrEmpty = z
  .string()
  .max(320)
  .refine((text) => text === '' || /^[^\s@<>]+@[^\s@<>]+$/.test(text), {
    error: "Not a mail address, such as 'admin@example.org'; empty means none.",
  });
/** Node makes such folders all the same; then no other program of Windows can reach them, or it reaches another one. */
const isWindowsName = (name: string): boolean =>
  name === '.' ||
  name === '..' ||
  !/[<>:"|?*]|[. ]$|^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM[0-9]|LPT[0-9])(?:\.|$)/i.test(name);
/** Drive letter, or slash; a share would stop the mail with the network. */
export const localPathOrEmpty = z
  .string()
  .max(1_000)
  .refine((text) => text === '' || /^(?:[A-Za-z]:[\\/]|\/(?!\/))[^\p{Cc}]*$/u.test(text), {
    error: "Not a full path on a local disk, such as 'D:\\Mail' or '/srv/mail'; empty means the usual place.",
  })
  .refine((text) => !/^[A-Za-z]:/.test(text) || text.slice(2).split(/[\\/]/).every(isWindowsName), {
    error:
      "A name in this path is none on Windows: it ends with a dot or a blank, is a device such as 'CON', or has one of < > : \" | ? *.",
  });
export const userName = z.string().regex(/^[^\p{Cc}:]{1,100}$/u, {
  error: 'Not a user name: 1 to 100 characters without a colon.',
});
export const plainText = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .regex(/^[^\p{Cc}]*$/u, { error: 'Text on one line.' });
/** A secret is sent there: in clear text to this computer only. Name and password have no place in it. */
const isTokenAddress = (text: string): boolean =>
  /^https:\/\/[^\s/@?#]+(?:\/\S*)?$/i.test(text) ||
  /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?::[0-9]+)?(?:\/\S*)?$/i.test(text);

export const webAddressOrEmpty = z
  .string()
  .max(2_000)
  .refine((text) => text === '' || isTokenAddress(text), {
    error: "Not a web address with https, such as 'https://login.microsoftonline.com/…/oauth2/v2.0/token'.",
  });
