/** Makes stages with times of a conversation: from its protocol log, and from what the log does not show. */
import type { Socket } from 'node:net';
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import {
  type GatewayHost,
  type GatewayStage,
  type GatewayStageName,
  gatewayStages,
} from '../../shared/contract/gateway.ts';
import type { EpochMs, Failure } from '../../shared/contract/messages.ts';
import type { Clock } from '../base/ports.ts';
import type { ProtocolLog, ProtocolLogEntry } from '../logging/types.ts';
import type { ConversationObserver } from './conversation.ts';
import { formatFailure } from './failure.ts';

type Tls = NonNullable<GatewayHost['tls']>;

const stageByVerb: Readonly<Record<string, GatewayStageName>> = {
  EHLO: 'ehlo',
  HELO: 'ehlo',
  STARTTLS: 'starttls',
  AUTH: 'auth',
  MAIL: 'mail',
  RCPT: 'rcpt',
  RSET: 'reset',
};

const stageByFailure: Readonly<Record<Failure['stage'], GatewayStageName>> = {
  dns: 'resolve',
  connect: 'connect',
  greeting: 'banner',
  tls: 'tls',
  auth: 'auth',
  mail: 'mail',
  rcpt: 'rcpt',
  data: 'rcpt',
  local: 'rcpt',
  drop: 'rcpt',
};

/** A chain of certificates that names itself in a circle ends here. */
const maxChain = 10;

export class StageRecorder implements ConversationObserver, Pick<ProtocolLog, 'write'> {
  readonly #clock: Clock;
  readonly #judge: (socket: Socket) => string | null;
  readonly #stages = new Map<GatewayStageName, GatewayStage>();
  /** Stages whose reply is awaited, in order; null for one that is not shown. */
  #awaited: (GatewayStageName | null)[] = [];
  /** When the latest thing happened. */
  #lastMs: EpochMs;
  #tls: Tls | null = null;
  #goneOnInClear = false;

  /** @param judge  Why the certificate of a connection is not trusted, or null. */
  constructor(clock: Clock, judge: (socket: Socket) => string | null) {
    this.#clock = clock;
    this.#judge = judge;
    this.#lastMs = clock.now();
  }

  /** Before there is any connection. */
  resolved(durationMs: number): void {
    this.#note('resolve', 'ok', durationMs, '');
  }

  connected(): void {
    if (this.#stages.has('connect')) {
      this.#goneOnInClear = true;
      this.#tls = null;
      this.#note('tls', 'warning', this.#elapsedMs(), '', 'goneOnInClear');
    } else this.#note('connect', 'ok', this.#elapsedMs(), '');
    this.#awaited = ['banner'];
  }

  secured(socket: Socket): void {
    if (!(socket instanceof TLSSocket)) return;
    const reason = this.#judge(socket);
    const protocol = socket.getProtocol() ?? '';
    const cipher = socket.getCipher().standardName;
    this.#tls = { protocol, cipher, trusted: reason === null, reason: reason ?? '', chain: chainOf(socket) };
    this.#note('tls', reason === null ? 'ok' : 'warning', this.#elapsedMs(), reason ?? `${protocol}, ${cipher}`);
  }

  write({ direction, method, query, status, timeTakenMs }: ProtocolLogEntry): void {
    if (direction === 'outboundCommand') {
      this.#awaited.push(stageByVerb[method.toUpperCase()] ?? null);
      return;
    }
    const stage = this.#awaited.shift() ?? null;
    this.#lastMs = this.#clock.now();
    if (stage === null) return;
    // EHLO is said again after STARTTLS, and a login takes several rounds.
    const durationMs = timeTakenMs + (this.#stages.get(stage)?.durationMs ?? 0);
    this.#note(stage, status >= 200 && status < 400 ? 'ok' : 'failed', durationMs, query);
  }

  /** The conversation ended by it. */
  failed(failure: Failure): void {
    const [unanswered] = this.#awaited;
    const stage = unanswered ?? stageByFailure[failure.stage];
    const known = [...this.#stages.values()].find(({ outcome }) => outcome === 'failed');
    // A reply that was recorded says it in the server's own words.
    if (known !== undefined && known.stage === stage) return;
    const durationMs = this.#stages.get(stage)?.durationMs ?? this.#elapsedMs();
    this.#note(stage, 'failed', durationMs, formatFailure(failure));
  }

  /** @param wanted  What a whole conversation would have had. */
  result(host: string, wanted: { readonly login: boolean; readonly recipient: boolean }): GatewayHost {
    const isOver = [...this.#stages.values()].some(({ outcome }) => outcome === 'failed');
    const stages = gatewayStages.map((stage) => this.#stages.get(stage) ?? this.#skipped(stage, isOver, wanted));
    return { host, reached: !isOver, stages, tls: this.#tls };
  }

  #skipped(
    stage: GatewayStageName,
    isOver: boolean,
    wanted: { readonly login: boolean; readonly recipient: boolean },
  ): GatewayStage {
    const note = ((): GatewayStage['note'] => {
      if (stage === 'auth' && !wanted.login) return 'noLogin';
      if ((stage === 'mail' || stage === 'rcpt' || stage === 'reset') && !wanted.recipient) return 'noRecipient';
      if (stage === 'starttls' && this.#tls !== null) return 'implicitTls';
      if ((stage === 'starttls' || stage === 'tls') && (!isOver || this.#stages.has('mail'))) return 'noTls';
      return 'notReached';
    })();
    return { stage, outcome: 'skipped', durationMs: null, detail: '', note };
  }

  #note(
    stage: GatewayStageName,
    outcome: GatewayStage['outcome'],
    durationMs: number,
    detail: string,
    note: GatewayStage['note'] = null,
  ): void {
    // What failed before clear text was tried stays to be seen.
    if (this.#goneOnInClear && (stage === 'starttls' || stage === 'tls') && this.#stages.has(stage)) {
      const before = this.#stages.get(stage);
      if (before?.outcome === 'warning') return;
    }
    this.#stages.set(stage, { stage, outcome, durationMs, detail: detail.slice(0, 1_000), note });
    this.#lastMs = this.#clock.now();
  }

  #elapsedMs(): number {
    return Math.max(this.#clock.now() - this.#lastMs, 0);
  }
}

function chainOf(socket: TLSSocket): Tls['chain'] {
  const chain: Tls['chain'] = [];
  const seen = new Set<string>();
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (
    certificate?.fingerprint256 !== undefined &&
    chain.length < maxChain &&
    !seen.has(certificate.fingerprint256)
  ) {
    const { subject, issuer, valid_from: validFrom, valid_to: validTo, fingerprint256: fingerprint } = certificate;
    seen.add(fingerprint);
    chain.push({ subject: nameOf(subject), issuer: nameOf(issuer), validFrom, validTo, fingerprint });
    certificate = certificate.issuerCertificate;
  }
  return chain;
}

/** 'CN=gw.example.org, O=Example', as far as it goes. */
const nameOf = (parts: DetailedPeerCertificate['subject'] | undefined): string =>
  Object.entries(parts ?? {})
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join('+') : value}`)
    .join(', ');
