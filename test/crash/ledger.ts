/** What was promised, what arrived, and what explains the difference. Pure. */

/** A message to one recipient at the gateway. */
export interface Arrival {
  readonly address: string;
  /** Of the run of the relay that sent it, from 0. */
  readonly round: number;
  readonly atMs: number;
  /** Octet for octet what was sent. */
  readonly isWhole: boolean;
}

export interface Ledger {
  readonly acknowledged: number;
  readonly arrived: number;
  /** Addresses of recipients that were promised and never reached. */
  readonly lost: readonly string[];
  readonly damaged: readonly string[];
  /** Second copies after a kill: the gateway had taken the first, the relay died before it was on its disk. */
  readonly unknownOutcomes: number;
  /** Second copies that nothing explains. */
  readonly unexplained: readonly string[];
  /** The longest time between a first copy and the kill that made its outcome unknown. */
  readonly longestUnknownMs: number;
}

/**
 * @param acknowledged  Recipients of what was answered with 250, or lay complete in Pickup.
 * @param killedAtMs    By round; a round that is not here ended in order.
 */
export function settle(
  acknowledged: ReadonlySet<string>,
  arrivals: readonly Arrival[],
  killedAtMs: readonly number[],
): Ledger {
  const copies = new Map<string, Arrival[]>();
  for (const arrival of arrivals) {
    const known = copies.get(arrival.address);
    if (known === undefined) copies.set(arrival.address, [arrival]);
    else known.push(arrival);
  }
  const unexplained: string[] = [];
  let unknownOutcomes = 0;
  let longestUnknownMs = 0;
  for (const [address, [first, ...others]] of copies) {
    let before = first;
    for (const copy of others) {
      const killed = before === undefined ? undefined : killedAtMs[before.round];
      // The next copy has to come from a later run, and this one has to have been killed.
      if (before === undefined || killed === undefined || copy.round <= before.round) unexplained.push(address);
      else {
        unknownOutcomes += 1;
        longestUnknownMs = Math.max(longestUnknownMs, killed - before.atMs);
      }
      before = copy;
    }
  }
  return {
    acknowledged: acknowledged.size,
    arrived: arrivals.length,
    lost: [...acknowledged].filter((address) => !copies.has(address)),
    damaged: arrivals.filter(({ isWhole }) => !isWhole).map(({ address }) => address),
    unknownOutcomes,
    unexplained,
    longestUnknownMs,
  };
}
