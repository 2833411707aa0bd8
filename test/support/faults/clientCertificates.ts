import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EmulatorInfo } from '../../../src/emulator/server';

/** The certificates by which clients identify themselves, with their keys, by the fingerprints. */
export type ClientCertificates = ReadonlyMap<
  string,
  { readonly cert: string; readonly key: string; readonly passphrase: string }
>;

/** Reads the certificates that an emulator has made for its clients. */
export function clientCertificates(info: EmulatorInfo): ClientCertificates {
  const { certificateFile, keyFile, keyPassphrase: passphrase, refusedCertificates } = info;
  if (certificateFile === null || keyFile === null || passphrase === null) return new Map();
  const key = readFileSync(keyFile, 'utf8');
  const files = [certificateFile, ...Object.values(refusedCertificates ?? {})];
  return new Map(
    files.map((file) => {
      const cert = readFileSync(file, 'utf8');
      return [new X509Certificate(cert).fingerprint256, { cert, key, passphrase }];
    }),
  );
}
