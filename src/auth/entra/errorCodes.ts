import type { KafkaErrorKind } from '../../core/errors';

/** The kinds of failure for the error codes of Entra ID. */
const KIND_OF_CODE: Readonly<Record<string, KafkaErrorKind>> = {
  AADSTS7000215: 'secret-wrong',
  AADSTS7000222: 'secret-expired',
  // A certificate that is not registered, has been revoked, or has expired.
  AADSTS700027: 'credential-unusable',
  AADSTS7000214: 'credential-unusable',
  AADSTS1000502: 'credential-expired',
  // An assertion that is not valid now by the clock of Entra ID. Ours is checked before.
  AADSTS700024: 'clock-off',
  // No federated credential for the issuer, subject or audience of an assertion.
  AADSTS70021: 'credential-unusable',
  AADSTS700211: 'credential-unusable',
  AADSTS700212: 'credential-unusable',
  AADSTS700213: 'credential-unusable',
  AADSTS65001: 'consent-missing',
  AADSTS50076: 'interaction-required',
  AADSTS50079: 'interaction-required',
  AADSTS53003: 'interaction-required',
  AADSTS700016: 'client-unknown',
  AADSTS90002: 'tenant-unknown',
  AADSTS900023: 'tenant-unknown',
  AADSTS500011: 'scope-unknown',
  AADSTS1002012: 'scope-unknown',
  AADSTS70011: 'scope-unknown',
};

/** Returns the kind of failure that Entra ID describes, by the code at the beginning. */
export function kindOfCode(description: string): KafkaErrorKind {
  const code = /^AADSTS\d+/.exec(description)?.[0] ?? '';
  return KIND_OF_CODE[code] ?? 'sign-in-failed';
}
