import type { HttpResponse } from './exchange';
import type { HttpRequest } from './request';

const MAX_REDIRECTS = 5;

/**
 * The address of a request across all its attempts. Only a GET follows redirects, and only within
 * its origin, so that credentials and messages go nowhere else.
 */
export class Route {
  #redirects = 0;
  #url: URL;

  constructor(private readonly request: HttpRequest) {
    this.#url = request.url;
  }

  get url(): URL {
    return this.#url;
  }

  /**
   * Returns whether the response redirects to an address that the request may go to. If so, that is
   * `url` from now on.
   */
  follows(response: HttpResponse): boolean {
    const target = redirectTarget(response, this.#url);
    if (this.request.method !== 'GET' || target?.origin !== this.#url.origin) return false;
    if (this.#redirects === MAX_REDIRECTS) return false;
    this.#redirects++;
    this.#url = target;
    return true;
  }
}

/** Returns the address that a response redirects to, or `undefined` if it does not redirect. */
export function redirectTarget({ status, headers }: HttpResponse, url: URL): URL | undefined {
  const location = headers.get('location');
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return undefined;
  return URL.canParse(location, url.href) ? new URL(location, url) : undefined;
}
