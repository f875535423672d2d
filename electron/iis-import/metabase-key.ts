/** One key of the metabase with its properties, by name or number. Pure. */

/**
 * Numbers of properties, for those the file calls 'UnknownName_…'. From iiscnfg.h of the Windows SDK and the "Metabase Property
 * Reference" of Windows Server 2003.
 */
const propertyIds: Readonly<Record<string, number>> = {
  ConnectionTimeout: 1013,
  MaxConnections: 1014,
  ServerComment: 1015,
  ServerAutoStart: 1017,
  ServerBindings: 1023,
  SecureBindings: 2021,
  LogType: 4000,
  LogFileDirectory: 4001,
  LogFilePeriod: 4003,
  LogFileTruncateSize: 4004,
  LogPluginClsid: 4011,
  LogExtFileFlags: 4013,
  LogFileLocaltimeRollover: 4015,
  AuthFlags: 6000,
  IPSecurity: 6019,
  AdminACL: 6027,
  AccessSSLFlags: 6030,
  PickupDirectory: 36_880,
  HopCount: 36_886,
  MaxMessageSize: 36_891,
  MaxSessionSize: 36_892,
  MaxRecipients: 36_895,
  LocalRetryInterval: 36_897,
  SmartHostType: 36_905,
  SmartHost: 36_906,
  RouteAction: 36_946,
  RelayIpList: 36_970,
  RelayForAuth: 36_973,
  SmtpRemoteProgressiveRetry: 36_996,
  SmtpLocalDelayExpireMinutes: 37_017,
  SmtpLocalNDRExpireMinutes: 37_018,
  SmtpRemoteDelayExpireMinutes: 37_019,
  SmtpRemoteNDRExpireMinutes: 37_020,
};

export class MetabaseKey {
  readonly location: string;
  readonly #values: ReadonlyMap<string, string>;
  /** Keys above hand their properties down. */
  readonly #above: MetabaseKey | null;

  constructor(location: string, values: ReadonlyMap<string, string>, above: MetabaseKey | null = null) {
    this.location = location;
    this.#values = values;
    this.#above = above;
  }

  below(above: MetabaseKey | null): MetabaseKey {
    return new MetabaseKey(this.location, this.#values, above);
  }

  /** Names of what is set here itself. */
  get ownNames(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** Null when it is set neither here nor above. */
  text(name: string): string | null {
    const own = this.#values.get(name) ?? this.#values.get(String(propertyIds[name]));
    return own ?? this.#above?.text(name) ?? null;
  }

  /** Decimal, hexadecimal or signed; null when it is no number. */
  number(name: string): number | null {
    return parseNumber(this.text(name));
  }

  switch(name: string): boolean | null {
    const text = this.text(name)?.trim().toLowerCase();
    if (text === undefined || text === '') return null;
    if (text === 'true' || text === 'false') return text === 'true';
    const number = parseNumber(text);
    return number === null ? null : number !== 0;
  }

  /** Several lines of text; the parser has made blanks of the line ends. */
  list(name: string): readonly string[] {
    return (this.text(name) ?? '').split(/\s+/).filter((entry) => entry !== '');
  }

  /** Bits as a number, or as names between '|'. Null when it is set to something else. */
  bits(name: string, names: ReadonlyMap<string, number>): number | null {
    const text = this.text(name)?.trim() ?? '';
    const number = parseNumber(text);
    if (number !== null) return number;
    let bits = 0;
    for (const word of text.split('|').map((part) => part.trim())) {
      const bit = parseNumber(word) ?? names.get(word);
      if (bit === undefined) return null;
      bits |= bit;
    }
    return bits;
  }
}

function parseNumber(text: string | null): number | null {
  if (text === null || !/^(?:0x[0-9a-f]{1,8}|-?[0-9]{1,10})$/i.test(text.trim())) return null;
  const number = Number(text);
  // 4294967295 was written as -1 by earlier versions.
  return number < 0 ? number + 4_294_967_296 : number;
}
