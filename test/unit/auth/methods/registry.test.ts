import assert from 'node:assert/strict';
import { signInMethods } from '../../../../src/auth/methods/registry';

describe('the ways to sign in', () => {
  for (const method of signInMethods) {
    const { kind, fields, service, culprits } = method;
    it(`tell the fields of ${kind} from its secrets, and name no others`, () => {
      const given = { certificateFile: '/client.pem', headers: 'certificateFile, password' };
      const names = [...Object.keys(fields), ...Object.keys(method.secretsOf(given))];
      assert.equal(new Set([...names, 'kind']).size, names.length + 1);
      assert.ok(service === undefined || Object.hasOwn(fields, service));
      for (const culprit of Object.values(culprits)) assert.ok(names.includes(culprit), culprit);
    });
  }
});
