import { parseName } from '../../core/cluster/definition';
import { parseAddress, withoutEndSlashes } from '../../core/cluster/endpoint';
import type { Pasted } from '../../core/cluster/kinds';
import type { Parsed } from '../../core/cluster/parsed';

/**
 * How the client shows its secret: in the `Authorization` header or in the body (RFC 6749, 2.3.1),
 * or as the provider's discovery document says.
 */
export const authentications = ['auto', 'basic', 'post'] as const;

/** Where discovery documents are: of OpenID Connect, and of RFC 8414, which puts the path last. */
const WELL_KNOWN = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)(\/.*)?$/;
/** How the paths of token endpoints end, such as `/oauth/token` and `/as/token.oauth2`. */
const TOKEN_PATH = /token(?:\.\w+)?\/?$/i;

/** Parses the address of an issuer. A slash at its end makes no difference. */
export function parseIssuer(text: string): Parsed<string> {
  return parseAddress(text.trim());
}

/** Parses the address of a token endpoint. A slash at its end belongs to it. */
export function parseTokenEndpoint(text: string): Parsed<string> {
  const parsed = parseAddress(text.trim());
  if (parsed.value === undefined || !text.trim().endsWith('/')) return parsed;
  return { value: `${parsed.value.replace(/\/$/, '')}/` };
}

/**
 * Takes the issuer out of the address of its discovery document, and tells the address of a token
 * endpoint from that of an issuer.
 */
export function pastedProvider(text: string): Pasted | undefined {
  const address = text.trim();
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const { origin, pathname } = new URL(address);
  const [document, behind = ''] = WELL_KNOWN.exec(pathname) ?? [];
  if (document !== undefined) {
    const before = pathname.slice(0, pathname.length - document.length);
    return { text: withoutEndSlashes(origin + before + behind) };
  }
  const { value } = parseTokenEndpoint(address);
  return TOKEN_PATH.test(pathname) && value !== undefined
    ? { text: '', others: { tokenEndpoint: value } }
    : undefined;
}

/** Parses scopes, which blanks separate. */
export function parseScopes(text: string): Parsed<string> {
  return parseName(text.replace(/\s+/g, ' '));
}

/** Parses the absolute URI of a resource (RFC 8707, 2), which is kept as it is written. */
export function parseResource(text: string): Parsed<string> {
  const resource = text.trim();
  if (!URL.canParse(resource) || /\s/.test(resource)) return { problem: 'not-a-resource' };
  return resource.includes('#') ? { problem: 'not-a-resource' } : { value: resource };
}

/** Parses one of the ways to show the secret. */
export function parseAuthentication(text: string): Parsed<string> {
  const value = authentications.find((each) => each === text.trim());
  return value === undefined ? { problem: 'not-an-option' } : { value };
}
