import { createHash } from 'node:crypto';
import tls from 'node:tls';
import { KafkaError } from '../errors';

/**
 * A certificate by which a client identifies itself to a server (mutual TLS). All texts are PEM.
 */
export interface ClientCertificate {
  /** The certificate, followed by the certificates of its issuers if the server lacks them. */
  readonly cert: string;
  /** The private key. */
  readonly key: string;
  /** Decrypts the key. Missing: the key is not encrypted. */
  readonly passphrase?: string;
}

/** Returns a text that differs for each certificate, key and passphrase, and discloses none. */
export function digestOf({ cert, key, passphrase }: ClientCertificate): string {
  const text = JSON.stringify([cert, key, passphrase]);
  return createHash('sha256').update(text).digest('hex');
}

/** Throws a `KafkaError` of kind `client-certificate-unusable` if no connection can use it. */
export function requireUsable(certificate: ClientCertificate): void {
  try {
    tls.createSecureContext(certificate);
  } catch (cause) {
    // OpenSSL names what it could not read, and never quotes it.
    const detail = cause instanceof Error ? cause.message : '';
    throw new KafkaError('client-certificate-unusable', { detail, cause });
  }
}
