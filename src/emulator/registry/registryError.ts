import { HttpError } from '../http';

/** An error with the code that schema registries give beside the HTTP status. */
export class RegistryError extends HttpError {
  constructor(
    status: number,
    readonly code: number,
    message: string,
  ) {
    super(status, message);
  }
}

export const subjectNotFound = (subject: string): RegistryError =>
  new RegistryError(404, 40_401, `Subject '${subject}' not found.`);
export const versionNotFound = (version: number | string): RegistryError =>
  new RegistryError(404, 40_402, `Version ${version} not found.`);
export const schemaNotFound = (name: number | string): RegistryError =>
  new RegistryError(404, 40_403, `Schema ${name} not found`);
export const levelNotSet = (subject: string): RegistryError =>
  new RegistryError(
    404,
    40_408,
    `Subject '${subject}' does not have subject-level compatibility configured`,
  );
export const invalidSchema = (reason: string): RegistryError =>
  new RegistryError(422, 42_201, `Invalid schema: ${reason}`);
export const invalidVersion = (version: string): RegistryError =>
  new RegistryError(
    422,
    42_202,
    `The specified version '${version}' is not a valid version id. Allowed values are between ` +
      `[1, 2^31-1] and the string "latest"`,
  );
export const invalidLevel = (): RegistryError =>
  new RegistryError(
    422,
    42_203,
    'Invalid compatibility level. Valid values are none, backward, forward, full, ' +
      'backward_transitive, forward_transitive, and full_transitive',
  );
