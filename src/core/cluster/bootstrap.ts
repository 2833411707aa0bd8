/** Some brokers of a Kafka cluster, as `host:port`, and whether their addresses ask for TLS. */
export interface Bootstrap {
  readonly brokers: readonly string[];
  /** Missing: the addresses do not tell. */
  readonly tls?: boolean;
}

const DEFAULT_PORT = 9092;
const BROKER =
  /^(?:([a-z_]+):\/\/)?(\[[\da-f:.]+\]|[a-z\d](?:[\w.-]*[a-z\d])?)(?::(\d{1,5}))?\/?$/i;
const PLAIN: ReadonlySet<string> = new Set(['plaintext', 'sasl_plaintext', 'kafka', 'tcp']);
const SECURE: ReadonlySet<string> = new Set(['ssl', 'sasl_ssl']);

/**
 * Reads the addresses of brokers as people find them: separated by commas, with a port or without
 * (9092), and with a listener's protocol or without. Returns `undefined` if one of them is
 * something else.
 */
export function parseBootstrap(text: string): Bootstrap | undefined {
  const parts = text
    .replace(/^\s*bootstrap[._]servers?\s*[=:]/i, '')
    .split(/[,;]/)
    .map((part) => part.replace(/["']/g, '').trim())
    .filter(Boolean);
  if (parts.length === 0) return undefined;
  const brokers = new Set<string>();
  let tls: boolean | undefined;
  for (const part of parts) {
    const [, protocol, host = '', port = String(DEFAULT_PORT)] = BROKER.exec(part) ?? [];
    const scheme = protocol?.toLowerCase() ?? '';
    const isKnown = scheme === '' || PLAIN.has(scheme) || SECURE.has(scheme);
    if (host === '' || !isKnown || Number(port) < 1 || Number(port) > 65_535) return undefined;
    if (scheme !== '') tls = SECURE.has(scheme);
    brokers.add(`${host.toLowerCase()}:${Number(port)}`);
  }
  return { brokers: [...brokers], ...(tls !== undefined && { tls }) };
}
