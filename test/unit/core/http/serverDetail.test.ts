import assert from 'node:assert/strict';
import { serverDetail } from '../../../../src/core/http/serverDetail';

describe('what a server says about a failure', () => {
  const table: [string, string, string][] = [
    ['text', 'Topic not found', 'Topic not found'],
    ['nothing', '', ''],
    ['text over several lines', ' one\r\n\ttwo  \u0007three ', 'one two three'],
    ['a message', '{"code":40403,"message":"Topic not found"}', 'Topic not found'],
    ['a message in an error', '{"error":{"code":"X","message":"Not you"}}', 'Not you'],
    [
      'an error of Entra ID',
      '{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret."}',
      'AADSTS7000215: Invalid client secret.',
    ],
    ['a detail', '{"title":"Bad Request","detail":"No value"}', 'No value'],
    ['an error that is text', '{"error":"no value"}', 'no value'],
    ['a title', '{"title":"Bad Request"}', 'Bad Request'],
    ['Azure’s capitals', '{"Message":"Denied"}', 'Denied'],
    ['JSON text', '"Topic not found"', 'Topic not found'],
    ['JSON of another shape', '{ "reasons": [1, 2] }', '{"reasons":[1,2]}'],
    ['an empty message', '{"message":""}', '{"message":""}'],
    ['JSON that is none', '{"message":', '{"message":'],
    ['JSON nested deep', '['.repeat(5000), '['.repeat(499) + '…'],
    [
      'JSON nested too deep to be written',
      '['.repeat(8000) + ']'.repeat(8000),
      '['.repeat(499) + '…',
    ],
    [
      'a page',
      '<html><head><title>502 Bad Gateway</title><style>h1 { x }</style></head>\n<body><h1>502</h1>' +
        '<script>alert("x")</script><!-- padding --><p>Fish &amp; chips&#33; &#x41;&lt;b&gt;&nbsp;&nope;</body>',
      '502 Bad Gateway 502 Fish & chips! A<b> &nope;',
    ],
    ['a page that is cut off', '<p>Sorry<script>let x = "', 'Sorry'],
    ['a tag that is cut off', '<p>Sorry<a href="', 'Sorry'],
    ['a character that does not exist', '<p>&#x110000;&#0;', '&#x110000;'],
    ['half a character', '"a\\ud800"', 'a\ufffd'],
    ['signs that turn the writing direction', 'a\u202eb\u200fc', 'a b c'],
  ];
  for (const [what, text, expected] of table) {
    it(`is taken from ${what}`, () => {
      assert.equal(serverDetail(text), expected);
    });
  }

  it('is at most 500 characters, and ends with a whole one', () => {
    assert.equal(serverDetail('x'.repeat(500)), 'x'.repeat(500));
    assert.equal(serverDetail('x'.repeat(501)), `${'x'.repeat(499)}…`);
    assert.equal(serverDetail(`${'x'.repeat(498)}😀😀`), `${'x'.repeat(498)}…`);
    assert.equal(serverDetail(`{"message":"${'x'.repeat(600)}"}`).length, 500);
  });

  it('holds no secret, in whichever form', () => {
    const secret = 'p~"&\\ ä';
    const echo = `${secret} ${encodeURIComponent(secret)} ${JSON.stringify(secret)}`;
    assert.equal(serverDetail(echo, [secret, '']), '*** *** "***"');
    assert.equal(serverDetail('{"message":"p&amp;q"}', ['p&amp;q']), '***');
    assert.equal(serverDetail('<p>p&amp;q', ['p&q']), '***');
  });

  it('holds no piece of a secret, wherever it is cut off and however it is encoded', () => {
    const secret = 'aB1~cD2eF3gH4iJ5+kL6mN7oP8qR9';
    const table: [string, string][] = [
      [`begins with ${secret.slice(0, 12)}`, 'begins with ***'],
      [`${secret.slice(-9)} at the end`, '*** at the end'],
      [`in the middle: ${secret.slice(5, 20)}!`, 'in the middle: ***!'],
      [new URLSearchParams({ client_secret: secret }).toString().slice(0, 36), 'client_secret=***'],
      [`{"message":"${secret.slice(0, 20)}"}`, '***'],
      [`short: ${secret.slice(0, 7)}`, `short: ${secret.slice(0, 7)}`],
    ];
    for (const [text, expected] of table) {
      assert.equal(serverDetail(text, [secret]), expected);
    }
    for (const before of ['', 'a', 'ab', 'abc', 'id:']) {
      for (const encoding of ['base64', 'base64url'] as const) {
        const encoded = Buffer.from(`${before}${secret}&more`).toString(encoding);
        const detail = serverDetail(encoded, [secret]);
        assert.ok(detail.includes('***') && detail.length < 20, detail);
      }
    }
  });

  it('holds nothing that looks like a token, whole or cut off', () => {
    assert.equal(serverDetail('token eyJh-b.eyJz.c_d-e is bad'), 'token *** is bad');
    assert.equal(serverDetail('a.b.token-eyJh-b.eyJz.c_d-e is bad'), 'a.b.token-*** is bad');
    assert.equal(serverDetail('token eyJhbGciOiJSUzI1NiJ9.eyJz'), 'token ***');
    assert.equal(
      serverDetail('Authorization: bearer abc.de/f+g= was bad'),
      'Authorization: bearer *** was bad',
    );
  });

  it('takes no time for a text that is made to take it', () => {
    const start = performance.now();
    for (const bait of ['<script', '<!--', '<', '&#', '{', '\t', 'eyJ-', 'eyJ.'])
      for (const text of [`<${bait.repeat(100_000)}`, bait.repeat(100_000)]) serverDetail(text);
    assert.ok(performance.now() - start < 2000);
  });
});
