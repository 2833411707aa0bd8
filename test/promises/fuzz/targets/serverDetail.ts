import assert from 'node:assert/strict';
import { serverDetail } from '../../../../src/core/http/serverDetail';
import type { Target } from '../target';

const SECRET = 's3cret~value';

/** One line of at most 500 visible characters, without the secret and without tokens. */
export const target: Target = {
  seeds: [
    'Topic not found',
    '{"message":"Topic not found"}',
    `{"error":"invalid_client","error_description":"AADSTS7000215: ${SECRET}"}`,
    '<html><head><style>h1 {}</style><script>x</script><!-- c --><body>Fish &amp; &#33; &#xd800;</body>',
    'Authorization: Bearer abc.def-ghi== and eyJhbGci.eyJzdWIi.c2ln',
    '["\\ud800", 1]',
  ],
  words: [
    SECRET,
    encodeURIComponent(SECRET),
    'Bearer ',
    'eyJhbGci.eyJzdWIi.c2ln',
    '&#115;',
    '&lt;',
  ],
  run: (input) => {
    const detail = serverDetail(input.toString(), [SECRET]);
    assert.ok(detail.length <= 500);
    assert.ok(!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(detail), 'visible');
    assert.ok(!detail.includes(SECRET), 'no secret');
    assert.ok(!/\beyJ[\w-]+\.[\w-]+\.[\w-]+/.test(detail), 'no token');
  },
};
