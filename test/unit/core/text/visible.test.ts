import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeHidden, isPlainJson } from '../../../../src/core/json/hidden';
import {
  markdownBlock,
  markdownCode,
  markdownText,
  oneLine,
  unlinkedText,
  visible,
} from '../../../../src/core/text/visible';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
/** Texts that are full of what hides, and of what means something to VS Code. */
const hostile = fc
  .array(
    fc.constantFrom(
      ...['\u202e', '\u2066', '\u200b', '\u200d', '\ufe0f', '\u{e0041}', '\ud800', '\udc00'],
      ...['\n', '\r', '\u2028', '\u001b[31m', '\u009b', '\u0000', '\u3164', ' ', 'a', '1', 'é'],
      ...['$(', '$(sync~spin)', '](', '[x](command:y)', '`', '``', '<img src=x>', '|', '\\', '"'],
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));
const texts = fc.oneof(anyText, hostile);

/** Everything of Unicode that is invisible by itself, or turns the direction. */
const HIDDEN =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\u{e0000}-\u{e007f}]|\p{Surrogate}/u;

describe('visible text', () => {
  it('leaves what can be seen as it is, and what scripts and emoji need', () => {
    for (const text of [
      '',
      'plain',
      'größer 日本語 עברית',
      '👩‍👩‍👧 family',
      '❤️‍🔥 1️⃣',
      'می‌خواهم',
      'क्‍ष',
      'a\u00a0b',
      '😀\ufe00',
      '葛\u{e0100} 葛\u{e01ef}',
      '\u1820\u180b \u1820\u180f',
    ]) {
      assert.equal(visible(text), text);
    }
  });

  it('shows control characters, turns of direction, and halves of pairs', () => {
    assert.equal(visible('a\tb\nc\0\u007f'), 'a␉b␊c␀␡');
    assert.equal(visible('a\tb\nc', '\n\t'), 'a\tb\nc');
    assert.equal(visible('\u202ex\u2069\ufeff\u0085'), '⟨U+202E⟩x⟨U+2069⟩⟨U+FEFF⟩⟨U+0085⟩');
    assert.equal(visible('\ud800x\udc00'), '⟨U+D800⟩x⟨U+DC00⟩');
    assert.equal(visible('\u001b[31mred\u009b0m'), '␛[31mred⟨U+009B⟩0m');
  });

  it('shows joiners, selectors, fillers and tags that can but hide something', () => {
    assert.equal(visible('or\u200dders'), 'or⟨U+200D⟩ders');
    assert.equal(visible('a\ufe01'), 'a⟨U+FE01⟩');
    assert.equal(visible('😀\ufe01\ufe02'), '😀\ufe01⟨U+FE02⟩');
    assert.equal(visible('~\u200d ~\ufe0f'), '~⟨U+200D⟩ ~⟨U+FE0F⟩');
    assert.equal(visible('\u1820\u180e 葛\u{e01f0}'), '\u1820⟨U+180E⟩ 葛⟨U+E01F0⟩');
    assert.equal(visible('\u3164\u2800\u{e0041}'), '⟨U+3164⟩⟨U+2800⟩⟨U+E0041⟩');
  });

  it('hides nothing, whatever the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        assert.doesNotMatch(visible(text), HIDDEN);
        assert.equal(visible(visible(text)), visible(text));
      }),
    );
  });
});

describe('foreign text in one line of the user interface', () => {
  it('is no link of a notification, and no icon of a list', () => {
    assert.equal(oneLine('[click](command:evil)'), '[click] (command:evil)');
    assert.equal(oneLine('$(warning) and $(sync~spin)'), '$ (warning) and $ (sync~spin)');
  });

  it('leaves the names of topics as they are, the longest as well', () => {
    for (const name of ['orders', '__consumer_offsets', 'a'.repeat(249)])
      assert.equal(oneLine(name), name);
  });

  it('cuts long words, so that the sentence around them can be read', () => {
    const sentence = oneLine(`Could not list ${'x'.repeat(1_000_000)}: why. What next.`);
    assert.match(sentence, /^Could not list x{200}…/);
    assert.ok(sentence.length < 4_100);
    assert.equal(oneLine(`a ${'x'.repeat(300)} b`), `a ${'x'.repeat(200)}…${'x'.repeat(30)} b`);
  });

  it('has 4,000 characters at most', () => {
    const longest = 'a '.repeat(2000);
    assert.equal(oneLine(longest), longest);
    assert.equal(oneLine(`${longest}b`), `${longest.slice(0, 3999)}…`);
  });

  /** The patterns of VS Code's parseLinkedText and renderLabelWithIcons, as of 1.105 and 1.139. */
  const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
  const ICON = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

  it('is one line without links and icons, whatever it holds', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const line = oneLine(text);
        for (const pattern of [LINK, ICON, HIDDEN, /[\r\n]/]) assert.doesNotMatch(line, pattern);
      }),
    );
  });
});

describe('foreign text in Markdown', () => {
  it('means nothing but itself', () => {
    assert.equal(markdownText('[a](http://b) <img src=x>'), '\\[a\\] (http://b) \\<img src=x\\>');
    assert.equal(markdownText('my_topic-1.2 (new)'), 'my_topic-1.2 (new)');
    assert.equal(markdownText('_a_ *b* `c` | d'), '\\_a\\_ \\*b\\* \\`c\\` \\| d');
  });

  it('makes no links of addresses where it is rendered', () => {
    assert.equal(unlinkedText('http://a [b](ftp://c)'), 'http\\://a \\[b\\] (ftp\\://c)');
    assert.equal(unlinkedText('www.b.c, WWW.b, a@b.c'), 'www\\.b.c, WWW\\.b, a\\@b.c');
    assert.equal(unlinkedText('urn:a.b'), 'urn:a.b');
  });

  it('is code that it cannot end', () => {
    assert.equal(markdownCode('orders'), '`orders`');
    assert.equal(markdownCode('a`b'), '``a`b``');
    assert.equal(markdownCode('`'), '`` ` ``');
    assert.equal(markdownCode('`a'), '`` `a ``');
    assert.equal(markdownCode(' ab '), '`  ab  `');
    assert.deepEqual([' a b', 'a b '].map(markdownCode), ['` a b`', '`a b `']);
    assert.equal(markdownCode('a\n\n# b'), '`a␊␊# b`');
    fc.assert(
      fc.property(hostile, (text) => {
        const [, fence = '', inside = ''] = /^(`+)(.*?)\1$/.exec(markdownCode(text)) ?? [];
        const runs = [...inside.matchAll(/`+/g)].map(([run]) => run);
        assert.ok(fence !== '' && !runs.includes(fence));
      }),
    );
  });

  it('is a block of code that it cannot end', () => {
    assert.equal(markdownBlock('a\n```\n\u202eb'), '````text\na\n```\n⟨U+202E⟩b\n````');
  });
});

describe('JSON without hidden characters', () => {
  it('means the same', () => {
    fc.assert(
      fc.property(fc.dictionary(texts, texts), (value) => {
        const json = JSON.stringify(value);
        const escaped = escapeHidden(json);
        assert.deepEqual(JSON.parse(escaped), JSON.parse(json));
        assert.doesNotMatch(escaped, HIDDEN);
        assert.equal(isPlainJson(json), escaped === json);
      }),
    );
  });

  it('keeps blanks between members, and text that can be seen', () => {
    const json = '{\n\t"größe": "日本 ❤️‍🔥"\r\n}';
    assert.equal(escapeHidden(json), json);
  });
});
