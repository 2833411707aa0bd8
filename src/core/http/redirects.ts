import type { HttpResponse } from './exchange';
import type { HttpRequest } from './request';

const MAX_REDIRECTS = 5;

/**
 * Where a request goes over all its attempts. Only a GET follows redirects, and only within its
 * origin, so that credentials and messages go nowhere else.
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

  /** Whether the response leads to an address that the request may follow, which is `url` from now on. */
  follows(response: HttpResponse): boolean {
    const target = redirectTarget(response, this.#url);
    if (this.request.method !== 'GET' || target?.origin !== this.#url.origin) return false;
    if (this.#redirects === MAX_REDIRECTS) return false;
    this.#redirects++;
    this.#url = target;
    return true;
  }
}

/** Where a response redirects to; nothing if it does not. */
export function redirectTarget({ status, headers }: HttpResponse, url: URL): URL | undefined {
  const location = headers.get('location');
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return undefined;
  return URL.canParse(location, url.href) ? new URL(location, url) : undefined;
}
