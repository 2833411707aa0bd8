import type { KafkaErrorKind } from '../../core/errors';

/** The codes of Microsoft Entra ID after which the person must sign in again, for some reason. */
const INTERACTION = new Set(
  // Multi-factor authentication, conditional access, a password that has changed, and a sign-in
  // that is too old: https://learn.microsoft.com/entra/identity-platform/reference-error-codes.
  [50055, 50058, 50074, 50076, 50078, 50079, 50132, 50133, 50158, 50173, 50196, 53000, 53001]
    .concat([53002, 53003, 53004, 54005, 65004, 70008, 70043, 70044, 700082, 700084])
    .map((code) => `AADSTS${code}`),
);

const KIND_OF_CODE: Readonly<Record<string, KafkaErrorKind>> = {
  AADSTS65001: 'consent-missing',
  // Applications of Microsoft are consented to in another way, or not at all.
  AADSTS65002: 'consent-missing',
  AADSTS700016: 'client-unknown',
  AADSTS650057: 'scope-unknown',
  AADSTS500011: 'scope-unknown',
  AADSTS70011: 'scope-unknown',
  AADSTS90002: 'tenant-unknown',
  AADSTS900023: 'tenant-unknown',
};

/**
 * Returns the kind of a failure of a person's sign-in by the code of Microsoft Entra ID in what is
 * said of it. Returns `undefined` if there is no code, or one that is not known here.
 */
export function kindOfPersonFailure(text: string): KafkaErrorKind | undefined {
  const code = /AADSTS\d+/.exec(text)?.[0] ?? '';
  return INTERACTION.has(code) ? 'interaction-required' : KIND_OF_CODE[code];
}
