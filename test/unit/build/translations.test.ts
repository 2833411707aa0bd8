import assert from 'node:assert/strict';
import { compareKeys, type Translation, translations } from '../../../build/texts';

/** Texts that are the same in every language: names, numbers, code and links between them. */
const SAME = new Set([
  'Azure',
  'Azure HDInsight',
  'CSV',
  'Confluent REST Proxy',
  'Excel',
  'JSON',
  'JSON Lines',
  'Kafka REST',
  'Kafka REST Explorer',
  'Karapace REST',
  'Protobuf (Kafka REST)',
  'REST API',
  'Strimzi',
  'TLS',
  'null',
]);

/** Returns what translators must keep: placeholders, code, links, addresses and names of settings. */
function kept(text: string): string[] {
  const marks = /\{\d\}|`[^`]+`|\]\([^)]+\)|https?:\/\/[\w./-]+\w|kafkaRest\.[\w.]*\w|\*\*|\n/g;
  return [...new Set(text.match(marks))].sort();
}

/** The mistakes of typesetting in Chinese, and how each looks. */
const chineseMistakes: Readonly<Record<string, RegExp>> = {
  'a blank beside wide punctuation': / [，。：；？！、（）“”]|[，。：；？！、（）“”] /,
  'narrow punctuation behind a character': /\p{Script=Han}[,;!?()]|\p{Script=Han}[:.](?![\w.])/u,
  'no blank between a character and a letter or digit':
    /\p{Script=Han}[A-Za-z0-9`]|[A-Za-z0-9`]\p{Script=Han}/u,
};

describe('the translations', () => {
  let all: readonly Translation[];

  before(async function () {
    // Finding the texts of all files takes seconds, and more on a busy machine.
    this.timeout(60_000);
    all = await translations();
  });

  /** Asserts that a check finds nothing wrong with any text of any translation. */
  function assertEach(check: (english: string, text: string, file: string) => boolean): void {
    const wrong = all.flatMap(({ file, english, translated }) =>
      Object.entries(translated)
        .filter(([key, text]) => !check(english[key] ?? key, text, file))
        .map(([key, text]) => `${file}: ${key}: ${text}`),
    );
    assert.deepEqual(wrong, []);
  }

  it('are there for the manifest and for the code', () => {
    assert.deepEqual(all.map(({ file }) => file.replaceAll('\\', '/')).sort(), [
      'l10n/bundle.l10n.zh-cn.json',
      'package.nls.zh-cn.json',
    ]);
  });

  it('have the texts that there are, and no others', () => {
    for (const translation of all) {
      assert.deepEqual(compareKeys(translation), { missing: [], stale: [] }, translation.file);
    }
  });

  it('keep placeholders, code, links and the names of settings', () => {
    assertEach((english, text) => kept(english).join(' ') === kept(text).join(' '));
  });

  it('differ from the English texts, except for names', () => {
    assertEach(
      (english, text) =>
        SAME.has(english) || !/[A-Za-z]/.test(english.replace(/\{\d\}/g, '')) || english !== text,
    );
    assertEach((_, text) => text.trim() !== '');
  });

  for (const [mistake, pattern] of Object.entries(chineseMistakes)) {
    it(`have nowhere in Chinese ${mistake}`, () => {
      assertEach((_, text, file) => !file.includes('zh') || !pattern.test(text));
    });
  }
});
