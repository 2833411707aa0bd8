import type { KafkaErrorKind } from '../../core/errors';

type Kinds = Readonly<Record<string, KafkaErrorKind>>;

/** The kinds of failure for the error codes of Entra ID that mean the same for everybody. */
const KIND_OF_CODE: Kinds = {
  AADSTS65001: 'consent-missing',
  AADSTS700016: 'client-unknown',
  AADSTS90002: 'tenant-unknown',
  AADSTS900023: 'tenant-unknown',
  AADSTS500011: 'scope-unknown',
  AADSTS70011: 'scope-unknown',
};

const KIND_FOR_APPLICATION: Kinds = {
  ...KIND_OF_CODE,
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
  AADSTS50076: 'interaction-required',
  AADSTS50079: 'interaction-required',
  AADSTS53003: 'interaction-required',
  AADSTS1002012: 'scope-unknown',
};

/**
 * Returns the kind of failure of an application's sign-in that Entra ID describes, by the code at
 * the beginning.
 */
export function kindOfApplicationFailure(description: string): KafkaErrorKind {
  const code = /^AADSTS\d+/.exec(description)?.[0] ?? '';
  return KIND_FOR_APPLICATION[code] ?? 'sign-in-failed';
}

/** The codes of Microsoft Entra ID after which the person must sign in again, for some reason. */
const INTERACTION = new Set(
  // Multi-factor authentication, conditional access, a password that has changed, and a sign-in
  // that is too old: https://learn.microsoft.com/entra/identity-platform/reference-error-codes.
  [50055, 50058, 50074, 50076, 50078, 50079, 50132, 50133, 50158, 50173, 50196, 53000, 53001]
    .concat([53002, 53003, 53004, 54005, 65004, 70008, 70043, 70044, 700082, 700084])
    .map((code) => `AADSTS${code}`),
);

const KIND_FOR_PERSON: Kinds = {
  ...KIND_OF_CODE,
  // Applications of Microsoft are consented to in another way, or not at all.
  AADSTS65002: 'consent-missing',
  AADSTS650057: 'scope-unknown',
};

/**
 * Returns the kind of a failure of a person's sign-in by the code of Microsoft Entra ID in what is
 * said of it. Returns `undefined` if there is no code, or one that is not known here.
 */
export function kindOfPersonFailure(text: string): KafkaErrorKind | undefined {
  const code = /AADSTS\d+/.exec(text)?.[0] ?? '';
  return INTERACTION.has(code) ? 'interaction-required' : KIND_FOR_PERSON[code];
}
