import assert from 'node:assert/strict';
import { signInMethods } from '../../../../src/auth/methods/registry';

describe('the ways to sign in', () => {
  for (const { kind, fields, secrets, service, culprits } of signInMethods) {
    it(`tell the fields of ${kind} from its secrets, and name no others`, () => {
      const names = [...Object.keys(fields), ...Object.keys(secrets)];
      assert.equal(new Set([...names, 'kind']).size, names.length + 1);
      assert.ok(service === undefined || Object.hasOwn(fields, service));
      for (const culprit of Object.values(culprits)) assert.ok(names.includes(culprit), culprit);
    });
  }
});
