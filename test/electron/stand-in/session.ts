/** The session: what may be loaded and what a page may ask for. Defaults are Electron's, which allow everything. */
import { EventEmitter } from 'node:events';
import { strict, strictClass } from './strict.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;
type BeforeRequest = (
  details: { readonly url: string },
  answer: (verdict: { readonly cancel?: boolean }) => void,
) => void;
type PermissionRequest = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: { readonly requestingUrl: string; readonly isMainFrame: boolean },
) => void;
type PermissionCheck = (contents: unknown, permission: string, origin: string) => boolean;

/**
 * Chromium refuses app:// addresses before anybody can answer them. They travel as https://host.scheme.invalid, a secure
 * context like the privileged scheme, and are turned back wherever the application sees them.
 */
export class Schemes {
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  toWire(url: string): string {
    const [, scheme = '', host = '', rest = ''] = /^([a-z]+):\/\/([^/?#]*)(.*)$/.exec(url) ?? [];
    return this.#names.includes(scheme) ? `https://${host}.${scheme}.invalid${rest === '' ? '/' : rest}` : url;
  }

  fromWire(url: string): string {
    const [, host = '', scheme = '', rest = ''] = /^https:\/\/([^/?#]+)\.([a-z]+)\.invalid(.*)$/.exec(url) ?? [];
    return this.#names.includes(scheme) ? `${scheme}://${host}${rest}` : url;
  }
}

export class Session extends EventEmitter {
  readonly handlers = new Map<string, SchemeHandler>();
  spellChecker = true;
  #beforeRequest: BeforeRequest | null = null;
  #permissionRequest: PermissionRequest | null = null;
  #permissionCheck: PermissionCheck | null = null;
  #devicePermission: (() => boolean) | null = null;

  readonly protocol = strict('session.protocol', {
    handle: (scheme: string, handler: SchemeHandler) => void this.handlers.set(scheme, handler),
  });
  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest: (listener: BeforeRequest) => {
      this.#beforeRequest = listener;
    },
  });

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.#permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.#permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.#devicePermission = handler;
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellChecker = enabled;
  }

  blocks(url: string): boolean {
    let blocked = false;
    this.#beforeRequest?.({ url }, ({ cancel }) => {
      blocked = cancel === true;
    });
    return blocked;
  }

  /** For tests: what Electron would answer a page of `origin` that asks for `permission`. */
  standInPermission(permission: string, origin: string): { request: boolean; check: boolean; device: boolean } {
    let request = this.#permissionRequest === null;
    const details = { requestingUrl: `${origin}/index.html`, isMainFrame: true };
    this.#permissionRequest?.(null, permission, (granted) => (request = granted), details);
    return {
      request,
      check: this.#permissionCheck?.(null, permission, `${origin}/`) ?? true,
      device: this.#devicePermission?.() ?? false,
    };
  }
}
strictClass(Session, 'session');
