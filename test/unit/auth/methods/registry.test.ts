import assert from 'node:assert/strict';
import { signInMethods } from '../../../../src/auth/methods/registry';
import { dialects } from '../../../../src/core/dialects/registry';

describe('the ways to sign in', () => {
  it('are those that the dialects call common, with the usual one of each', () => {
    const kinds = signInMethods.map(({ kind }) => kind);
    for (const { kind, signIn, signIns } of dialects) {
      assert.deepEqual(
        signIns.filter((each) => !kinds.includes(each)),
        [],
        kind,
      );
      assert.ok(signIns.includes(signIn), kind);
    }
    const common = new Set(dialects.flatMap(({ signIns }) => signIns));
    assert.deepEqual(
      kinds.filter((kind) => !common.has(kind)),
      [],
    );
  });

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
