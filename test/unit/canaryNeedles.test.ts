import assert from 'node:assert/strict';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Needles } from '../promises/canary/needles';
import { stateIn } from '../promises/canary/places';

const secret = 'Aq8~xKm2nPq4rSt6uVw8yZa_+&="\\é B3cD5eF7gH9jK1lM3nP5';
const token = `eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.${'cGF5bG9hZA'.repeat(9)}.${'c2lnbmF0dXJl'.repeat(20)}`;

describe('the search for canaries', () => {
  const needles = new Needles([secret, token]);

  const forms: Record<string, (text: string) => string | Buffer> = {
    'as it is': (text) => text,
    'as a part of a URL': (text) => encodeURIComponent(text),
    'in a form': (text) => new URLSearchParams({ client_secret: text }).toString(),
    'in JSON': (text) => JSON.stringify({ error: text }),
    'in JSON in JSON': (text) => JSON.stringify(JSON.stringify({ error: text })),
    'in HTML': (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
    'in UTF-16': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
    'in big-endian UTF-16': (text) => Buffer.from(text, 'utf16le').swap16(),
    'in hexadecimal': (text) => Buffer.from(text).toString('hex'),
    'in Base64': (text) => Buffer.from(text).toString('base64'),
    'in Base64 with one byte before': (text) => Buffer.from(`:${text}`).toString('base64'),
    'in Base64 with two bytes before': (text) => Buffer.from(`a:${text}`).toString('base64'),
    'in Base64 for URLs': (text) => Buffer.from(`id:${text}`).toString('base64url'),
    'cut off at its end': (text) => text.slice(0, 30),
    'cut off at its beginning': (text) => text.slice(-30),
  };
  for (const [how, form] of Object.entries(forms)) {
    it(`finds a secret and a token ${how}`, () => {
      for (const text of [secret, token]) {
        for (const before of ['', 'x', 'xy', 'xyz', '\0'.repeat(4097)]) {
          const bytes = Buffer.concat([Buffer.from(before), Buffer.from(form(text))]);
          const found = needles.find('here', bytes);
          assert.ok(found, how);
          assert.ok(!needles.in(found.around), 'and does not show it');
        }
      }
    });
  }

  it('finds each part of a token alone', () => {
    for (const part of token.split('.')) assert.ok(needles.in(`... ${part} ...`));
  });

  it('finds nothing where nothing is', () => {
    assert.ok(!needles.in(''));
    assert.ok(!needles.in('abc'));
    assert.ok(!needles.in(secret.slice(0, 10)));
    assert.ok(!needles.in(gzipSync(secret)));
    assert.ok(needles.in(gunzipSync(gzipSync(secret))));
    assert.ok(!needles.in(Buffer.alloc(100_000, 'Lorem ipsum dolor sit amet ')));
  });

  it('does not look for nothing', () => {
    assert.throws(() => new Needles(['short']));
  });
});

describe('the places that are searched for canaries', () => {
  it('are the state of the user, that of the workspace, and others', () => {
    assert.equal(stateIn('vscode-web-state-db-global ItemTable'), 'user');
    assert.equal(stateIn('vscode-web-state-db-global--5f2b9c ItemTable'), 'user');
    assert.equal(stateIn('vscode-web-state-db-6d0c8b1e ItemTable'), 'workspace');
    assert.equal(stateIn('vscode-web-state-db--6d0c8b1e ItemTable'), 'workspace');
    assert.equal(stateIn('vscode-web-db vscode-userdata-store'), undefined);
  });
});
