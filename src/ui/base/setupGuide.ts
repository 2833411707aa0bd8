/**
 * The steps of the guide from nothing to a connected cluster: anchors in `docs/azure-setup.md` and
 * its Chinese, which the package holds. VS Code finds no anchor that is not ASCII, so the Chinese
 * headings stand below small English ones.
 */
export const setupSteps = [
  'register-the-application',
  'give-it-a-secret',
  'give-it-a-certificate',
  'sign-in-without-a-secret',
  'sign-in-as-yourself',
  'make-the-security-group',
  'create-the-cluster',
  'open-the-ports',
  'find-the-endpoint',
  'other-clouds',
  'if-it-does-not-work',
] as const;

export type SetupStep = (typeof setupSteps)[number];
