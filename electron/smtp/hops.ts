/**
 * Counts the hosts a message has passed, from the Received fields of its header, as it arrives. RFC 5321 section 6.3:
 * without a limit, two servers that send a message to each other do so for ever.
 */
import { type Reply, replies } from './replies.ts';

export interface HopTerms {
  /** Received fields a message may have when it arrives. */
  readonly hopLimit: number;
  /** The name of our own trace lines. */
  readonly fullyQualifiedName: string;
}

/** A message may pass us twice by design: out to a filter and back. */
const ownPassesLimit = 3;
/** Longer fields are cut: their `by` part stands at the front. */
const keptFieldLength = 2_000;
const fieldName = 'received:';

const lf = 0x0a;
const cr = 0x0d;
const blank = 0x20;
const tab = 0x09;

export class HopCounter {
  readonly #terms: HopTerms;
  /** Of the field being read, or as much as is needed of it; folded lines joined. */
  #field = '';
  #isReceived = false;
  #atLineStart = true;
  #lineIsEmpty = true;
  #inHeader = true;
  #hops = 0;
  #ownPasses = 0;

  constructor(terms: HopTerms) {
    this.#terms = terms;
  }

  /** The next piece of the message, cut anywhere. @returns why the message goes no further; null while it may. */
  next(chunk: Uint8Array): Reply | null {
    for (let at = 0; at < chunk.length && this.#inHeader; at += 1) this.#octet(chunk[at] ?? lf);
    if (this.#ownPasses >= ownPassesLimit) return replies.mailLoop;
    return this.#hops > this.#terms.hopLimit ? replies.tooManyHops : null;
  }

  #octet(octet: number): void {
    if (octet === lf) {
      if (this.#lineIsEmpty) this.#endHeader();
      this.#atLineStart = true;
      this.#lineIsEmpty = true;
      return;
    }
    if (octet === cr) return;
    this.#lineIsEmpty = false;
    if (this.#atLineStart) {
      this.#atLineStart = false;
      // A line that begins with white space goes on with the field above it (RFC 5322 section 2.2.3).
      if (octet !== blank && octet !== tab) this.#endField();
    }
    const wanted = this.#isReceived ? keptFieldLength : fieldName.length;
    if (this.#field.length >= wanted) return;
    this.#field += String.fromCharCode(octet);
    if (!this.#isReceived && this.#field.toLowerCase() === fieldName) {
      this.#isReceived = true;
      this.#hops += 1;
    }
  }

  #endField(): void {
    if (this.#isReceived && ownTrace(this.#terms.fullyQualifiedName).test(this.#field)) this.#ownPasses += 1;
    this.#field = '';
    this.#isReceived = false;
  }

  #endHeader(): void {
    this.#endField();
    this.#inHeader = false;
  }
}

/**
 * As received-line.ts of the spool writes it: 'by relay.example.org with ESMTP id 01K…;', the id a ULID. Made for each field
 * it is asked about: mail of a CA has none, and a pattern costs more than all the rest of its header.
 */
function ownTrace(fullyQualifiedName: string): RegExp {
  const name = fullyQualifiedName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`\\sby\\s+${name}\\s+with\\s+\\S+\\s+id\\s+[0-9A-HJKMNP-TV-Z]{26}\\s*;`, 'i');
}
