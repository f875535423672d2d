/**
 * What the stand-in does not have must fail loudly: an undefined member would let a test pass on something that does not
 * happen. A proxy at the end of the prototype chain sees only what nothing before it has.
 */

/** Asked for by the language, by promises and by the inspector. */
const isPlumbing = (key: string | symbol): boolean =>
  typeof key === 'symbol' || ['then', 'toJSON', 'constructor', 'domain'].includes(key) || key.startsWith('_');

const loudEnd = (name: string): object =>
  new Proxy(Object.prototype, {
    get(target, key, receiver) {
      if (key in target || isPlumbing(key)) return Reflect.get(target, key, receiver);
      throw new Error(`stand-in: electron.${name}.${String(key)} is unknown`);
    },
  });

export function strict<Members extends object>(name: string, members: Members): Members {
  return Object.setPrototypeOf(members, loudEnd(name)) as Members;
}

/** For classes on EventEmitter: its members stay reachable. */
export function strictClass(type: { readonly prototype: object }, name: string): void {
  const emitter: unknown = Object.getPrototypeOf(type.prototype);
  if (typeof emitter !== 'object' || emitter === null) throw new TypeError(`${name} has no base class`);
  Object.setPrototypeOf(type.prototype, Object.create(loudEnd(name), Object.getOwnPropertyDescriptors(emitter)));
}
