import type { Parsed } from './parsed';

/**
 * What a dialect makes of a text: the address that it stands for, or the reason why it leads to no
 * REST proxy. `remark` names what the text is, if a person might not expect that; the words for it
 * stand beside the other words of the dialect. `Remark` is the union of these names.
 */
export type EndpointReading<Remark extends string = string> =
  | {
      readonly address: string;
      readonly remark?: Remark;
      /** The values of the dialect's own fields that the text names too. */
      readonly fields?: Readonly<Record<string, string>>;
    }
  | { readonly address?: never; readonly remark: Remark; readonly fields?: never };

/** How texts become endpoints in one dialect. */
export interface EndpointRules<Remark extends string = string> {
  /**
   * Reads short forms, and addresses of other services that people take for the REST proxy. Returns
   * `undefined` for any other text.
   */
  readonly read?: (text: string) => EndpointReading<Remark> | undefined;
  /** Returns the name of the cluster whose REST proxy has a host name, if the host name tells it. */
  readonly clusterOf?: (host: string) => string | undefined;
  /** Matches where the path of the API begins, if an address has one; it is cut off from there. */
  readonly apiPath?: RegExp;
}

/** An endpoint, and what the dialect made of the text that it was read from. */
export type ParsedEndpoint = Parsed<string> & Pick<EndpointReading, 'remark' | 'fields'>;

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const URLS = /https?:\/\/[^\s"'`<>|\\]+/gi;
/** Zero-width characters, which web pages and chats put into long addresses. */
const HIDDEN = /[\u200b-\u200d\u2060\ufeff]/g;
const OPENING = /^[\s"'`“”‘’«<(]+/;
/** The label of "Host: proxy.example.com" and "KAFKA_REST=proxy.example.com". */
const LABEL = /^[a-z_][\w.-]*(?:: |=)(?=\S+$)/i;
/** What browsers still take for the beginning of an address. */
const LOOSE_SCHEME = /^(?:(https?)(?::\/?|\/\/)|\/\/)(?=[^/])/i;
const CLOSING = /(?<![\s"'`“”‘’»>),.;])[\s"'`“”‘’»>),.;]+$/;

const HOSTNAME = /^(?:[a-z\d._-]+|\[[\da-f:.]+\])$/;

/** Brokers and ZooKeeper: their schemes, or their usual ports behind hosts without a scheme. */
const KAFKA_SCHEME = /^(?:plaintext|ssl|sasl_plaintext|sasl_ssl|kafka|tcp|zookeeper):\/\//i;
const KAFKA_HOSTS =
  /^[^\s/@]+:(?:[12]?909[2-8]|218[12])(?:\/\S*)?$|^[\w.-]+(?::\d+)?(?:,\s*[\w.-]+(?::\d+)?)+$/;
/** A GUID, a path of a file and an e-mail address could all be parsed as addresses. */
const OTHER =
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^[./~\\]|^[a-z]:[\\/]|^[^\s/:@]+@[^\s/:@]+$/i;

/**
 * Returns the endpoint that a text leads to, in its normal form. The text may be an address, one
 * with a path of the API, a command that contains it, or what the dialect reads. Because calls carry
 * credentials and messages, plain http is accepted only for this computer, unless `allowHttp` says
 * that the user wants it.
 */
export function parseEndpoint(
  text: string,
  { read, apiPath }: EndpointRules = {},
  allowHttp = false,
): ParsedEndpoint {
  const pasted = addressIn(text, read);
  const reading = read?.(pasted);
  if (reading) {
    const { address, remark, fields } = reading;
    const parsed: Parsed<string> =
      address === undefined
        ? { problem: 'not-the-proxy' }
        : parseAddress(withoutPath(address, apiPath), allowHttp);
    return { ...parsed, ...(remark !== undefined && { remark }), ...(fields && { fields }) };
  }
  if (KAFKA_SCHEME.test(pasted) || KAFKA_HOSTS.test(pasted)) return { problem: 'kafka-protocol' };
  if (OTHER.test(pasted)) return { problem: 'not-an-address' };
  return parseAddress(withoutPath(pasted, apiPath), allowHttp);
}

/**
 * Returns the address in a text, without quotes and the like. Of several, it is the only one that the
 * dialect knows. Returns the text if there is no such address.
 */
function addressIn(text: string, read: EndpointRules['read']): string {
  const plain = text
    .replace(HIDDEN, '')
    .replace(OPENING, '')
    .replace(CLOSING, '')
    .replace(LABEL, '')
    .replace(LOOSE_SCHEME, (_, scheme = 'https') => `${scheme}://`);
  if (SCHEME.test(plain) && !/\s/.test(plain)) return plain;
  const urls = [...new Set(plain.match(URLS)?.map((url) => url.replace(CLOSING, '')))];
  if (urls.length === 1) return urls[0] ?? plain;
  // Hosts without a scheme have dots, unlike other words that may be names of clusters.
  const words = plain.split(/[\s"'`]+/).filter((word) => /[^.]\.[^.]/.test(word));
  const known = new Set(
    [...urls, ...words.filter((word) => !SCHEME.test(word))].filter(
      (each) => read?.(each)?.address,
    ),
  );
  const [only] = known;
  return known.size === 1 && only !== undefined ? only : plain;
}

/** Returns an address without the path of the API, and without what follows that. */
function withoutPath(text: string, apiPath: RegExp | undefined): string {
  const address = withScheme(text);
  if (!apiPath || !URL.canParse(address)) return text;
  const url = new URL(address);
  const at = url.pathname.search(apiPath);
  if (at < 0) return text;
  url.pathname = url.pathname.slice(0, at);
  url.search = url.hash = '';
  return url.href;
}

/** Whether calls to an endpoint, given in normal form, go unencrypted over a network. */
export function isUnencrypted(endpoint: string): boolean {
  // This runs for each topic in the tree, and nearly all endpoints need no parsing.
  if (endpoint.startsWith('https:')) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'http:' && !LOOPBACK.has(hostname);
}

/**
 * Returns an address in its normal form. It must be https, unless it is http to this computer or
 * `allowHttp` is set.
 */
export function parseAddress(text: string, allowHttp = false): Parsed<string> {
  if (text === '') return { problem: 'empty' };
  const address = withScheme(text);
  if (/\s/.test(address) || !URL.canParse(address)) return { problem: 'not-an-address' };
  const url = new URL(address);
  if (!HOSTNAME.test(url.hostname) && url.protocol.startsWith('http')) {
    return { problem: 'not-an-address' };
  }
  const isPlain = url.protocol === 'http:' && (allowHttp || LOOPBACK.has(url.hostname));
  if (url.protocol !== 'https:' && !isPlain) return { problem: 'not-https' };
  if (url.username || url.password || url.search || url.hash) {
    return { problem: 'not-plain-address' };
  }
  return { value: withoutEndSlashes(url.href) };
}

function withScheme(text: string): string {
  return SCHEME.test(text) ? text : `https://${text}`;
}

/** Returns an address without the slashes at its end, which make no difference. */
export function withoutEndSlashes(address: string): string {
  return address.replace(/(?<!\/)\/+$/, '');
}
