import {
  BitString,
  Boolean as Bool,
  Constructed,
  fromBER,
  Integer,
  ObjectIdentifier,
  OctetString,
  Primitive,
  Sequence,
  Set as DerSet,
  UTCTime,
  Utf8String,
  type BaseBlock,
} from 'asn1js';
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

export interface ServerCertificate {
  /** The certificate that clients must trust, as PEM. */
  readonly ca: string;
  /** The server's certificate, as PEM. */
  readonly cert: string;
  /** The server's private key, as PEM. */
  readonly key: string;
}

const oid = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The beginning and end of the validity, in milliseconds from now. */
interface Validity {
  readonly from: number;
  readonly until: number;
}

const oneYear: Validity = { from: -DAY_MS, until: 365 * DAY_MS };

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Signs certificates for servers and clients. */
export interface Authority {
  /** Its own certificate, as PEM. */
  readonly ca: string;
  /** Makes a certificate as `makeServerCertificate` does. The keys are new unless given. */
  readonly issue: (
    hosts: readonly string[],
    validity?: Validity,
    keys?: KeyPair,
  ) => Omit<ServerCertificate, 'ca'>;
}

/**
 * Makes a certificate authority, and a certificate for `hosts` (DNS names and IP addresses) that it
 * signs. Both are new at each call and valid for a year from yesterday; `validity` overrides this
 * for the second one, which can also identify a client. Its keys are new unless given. They follow RFC 5280 closely enough for
 * OpenSSL's strict mode and Chromium.
 */
export function makeServerCertificate(
  hosts: readonly string[],
  validity = oneYear,
  keys?: KeyPair,
): ServerCertificate {
  const { ca, issue } = makeAuthority();
  return { ca, ...issue(hosts, validity, keys) };
}

/** Makes a certificate authority that is valid for a year from yesterday. */
export function makeAuthority(): Authority {
  const authority = newKeys();
  // The name is unique, so that a trust store with two of these does not confuse them.
  const issuer = commonName(`Kafka REST emulator CA ${randomBytes(4).toString('hex')}`);
  const authorityKeyId = keyIdentifier(authority.publicKey);
  const authorityExtension = extension(
    oid.authorityKeyIdentifier,
    new Sequence({ value: [tagged(0, authorityKeyId)] }),
  );
  const issue = (
    subject: Sequence,
    publicKey: KeyObject,
    validity: Validity,
    extensions: Sequence[],
  ): string =>
    certificate({ issuer, subject, publicKey, validity, extensions, signer: authority.privateKey });

  const issueFor: Authority['issue'] = (hosts, validity = oneYear, keys = newKeys()) => ({
    cert: issue(commonName('Kafka REST emulator'), keys.publicKey, validity, [
      extension(oid.basicConstraints, basicConstraints({ ca: false }), true),
      extension(oid.keyUsage, new BitString({ unusedBits: 7, valueHex: bytes(0x80) }), true),
      extension(
        oid.extendedKeyUsage,
        new Sequence({ value: [oid.serverAuth, oid.clientAuth].map(objectId) }),
      ),
      extension(oid.subjectAltName, new Sequence({ value: hosts.map(generalName) })),
      extension(
        oid.subjectKeyIdentifier,
        new OctetString({ valueHex: keyIdentifier(keys.publicKey) }),
      ),
      authorityExtension,
    ]),
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });

  return {
    issue: issueFor,
    ca: issue(issuer, authority.publicKey, oneYear, [
      extension(oid.basicConstraints, basicConstraints({ ca: true }), true),
      extension(oid.keyUsage, new BitString({ unusedBits: 1, valueHex: bytes(0x06) }), true),
      extension(oid.subjectKeyIdentifier, new OctetString({ valueHex: authorityKeyId })),
      authorityExtension,
    ]),
  };
}

/** Makes new keys. */
export function newKeys(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function certificate(parts: {
  issuer: Sequence;
  subject: Sequence;
  publicKey: KeyObject;
  validity: Validity;
  extensions: Sequence[];
  signer: KeyObject;
}): string {
  const algorithm = new Sequence({ value: [objectId(oid.ecdsaWithSha256)] });
  const validity = [parts.validity.from, parts.validity.until].map(
    (distance) => new UTCTime({ valueDate: new Date(Date.now() + distance) }),
  );
  const serial = randomBytes(16);
  // The number must be positive, and must not begin with a zero byte, because DER requires the
  // shortest form.
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  const toBeSigned = new Sequence({
    value: [
      explicit(0, new Integer({ value: 2 })),
      new Integer({ valueHex: new Uint8Array(serial) }),
      algorithm,
      parts.issuer,
      new Sequence({ value: validity }),
      parts.subject,
      fromBER(subjectPublicKeyInfo(parts.publicKey)).result,
      explicit(3, new Sequence({ value: parts.extensions })),
    ],
  });
  const signature = sign('sha256', new Uint8Array(toBeSigned.toBER()), parts.signer);
  const signed = new Sequence({
    value: [toBeSigned, algorithm, new BitString({ valueHex: new Uint8Array(signature) })],
  });
  const lines = Buffer.from(signed.toBER()).toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function extension(id: string, content: BaseBlock, critical = false): Sequence {
  return new Sequence({
    value: [
      objectId(id),
      ...(critical ? [new Bool({ value: true })] : []),
      new OctetString({ valueHex: content.toBER() }),
    ],
  });
}

function basicConstraints({ ca }: { ca: boolean }): Sequence {
  // The path length is 0: the authority signs servers but no further authorities.
  return new Sequence({ value: ca ? [new Bool({ value: true }), new Integer({ value: 0 })] : [] });
}

function commonName(name: string): Sequence {
  const attribute = new Sequence({
    value: [objectId(oid.commonName), new Utf8String({ value: name })],
  });
  return new Sequence({ value: [new DerSet({ value: [attribute] })] });
}

function generalName(host: string): Primitive {
  if (isIPv4(host)) return tagged(7, Uint8Array.from(host.split('.').map(Number)));
  if (isIPv6(host)) return tagged(7, ipv6Bytes(host));
  return tagged(2, new Uint8Array(Buffer.from(host, 'latin1')));
}

/** Returns the 16 bytes of an IPv6 address in hexadecimal groups; `::` is allowed. */
function ipv6Bytes(address: string): Uint8Array {
  const [head = [], tail = []] = address
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return Uint8Array.from(
    [...head, ...zeros, ...tail].flatMap((group) => {
      const value = parseInt(group, 16);
      return [value >> 8, value & 0xff];
    }),
  );
}

function subjectPublicKeyInfo(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: 'spki', format: 'der' }));
}

/** Returns 20 bytes that identify the key. RFC 5280 (4.2.1.2) leaves the method open. */
function keyIdentifier(key: KeyObject): Uint8Array {
  const digest = createHash('sha256').update(subjectPublicKeyInfo(key)).digest();
  return new Uint8Array(digest.subarray(0, 20));
}

function objectId(value: string): ObjectIdentifier {
  return new ObjectIdentifier({ value });
}

function tagged(tagNumber: number, valueHex: Uint8Array): Primitive {
  return new Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex });
}

function explicit(tagNumber: number, content: BaseBlock): Constructed {
  return new Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [content] });
}

function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values);
}
