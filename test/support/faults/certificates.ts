import { makeServerCertificate, type ServerCertificate } from '../../../src/emulator/certificate';
import type { Certificate } from './fault';

/** One certificate of each kind. */
export type Certificates = Readonly<Record<Certificate, ServerCertificate>>;

const hour = 60 * 60 * 1000;

/** Makes certificates for 127.0.0.1. */
export function makeCertificates(): Certificates {
  const here = ['127.0.0.1', 'localhost'];
  return {
    trusted: makeServerCertificate(here),
    'unknown-ca': makeServerCertificate(here),
    'wrong-host': makeServerCertificate(['kafka.example']),
    expired: makeServerCertificate(here, { from: -48 * hour, until: -hour }),
  };
}

/** Returns the authorities that a client should trust, as PEM: all except the unknown one. */
export function authorities(certificates: Certificates): string {
  const { trusted, 'wrong-host': wrongHost, expired } = certificates;
  return trusted.ca + wrongHost.ca + expired.ca;
}
