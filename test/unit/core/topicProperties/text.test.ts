import assert from 'node:assert/strict';
import {
  escapeText,
  parseProperties,
  propertiesText,
  setProperties,
} from '../../../../src/core/topicProperties/text';

const words = {
  about: ['About.'],
  overridden: 'Set',
  noneOverridden: 'Nothing is set',
  defaults: 'Defaults',
  fixed: 'Fixed',
  readOnly: 'read-only',
  sensitive: 'sensitive',
};
const pairsOf = (text: string) =>
  parseProperties(text).lines.map(({ name, value }) => [name, value]);

describe('the text of a configuration', () => {
  it('holds what is set as lines, and the rest as comments', () => {
    const text = propertiesText(
      [
        { name: 'cleanup.policy', value: 'compact', isDefault: false },
        { name: 'retention.ms', value: '604800000', isDefault: true },
        { name: 'secret', value: null, isDefault: false, isSensitive: true },
        { name: 'segment.id', value: '1', isDefault: false, isReadOnly: true },
      ],
      words,
    );
    assert.equal(
      text,
      [
        '# About.\n',
        '# Set\ncleanup.policy=compact\n',
        '# Defaults\n# retention.ms=604800000\n',
        '# Fixed\n# secret=  (sensitive)\n# segment.id=1  (read-only)\n',
      ].join('\n'),
    );
    assert.deepEqual(pairsOf(text), [['cleanup.policy', 'compact']]);
  });

  it('says that nothing is set, and needs no other sections', () => {
    assert.equal(propertiesText([], words), '# About.\n\n# Nothing is set\n');
  });

  it('holds as lines what may be a default where the dialect does not say so', () => {
    const properties = [{ name: 'a', value: '1' }];
    assert.deepEqual(pairsOf(propertiesText(properties, words)), [['a', '1']]);
    assert.deepEqual([...setProperties(properties)], [['a', '1']]);
  });

  it('comes back as it was, whatever the server has put into it', () => {
    for (const value of [
      ' a ',
      'a\nb=c',
      '\r\n# x',
      'back\\slash\\',
      '\\u0041',
      'a\u202eb',
      '\ud800',
      'tab\t=:#!',
      '\u{e0041}',
      '',
    ]) {
      for (const isDefault of [false, true]) {
        const text = propertiesText([{ name: 'x', value, isDefault }], words);
        assert.deepEqual(pairsOf(text), isDefault ? [] : [['x', value]], JSON.stringify(value));
        assert.ok(/^[\n -~]*$/.test(text), text);
      }
    }
    const strange = [{ name: '# a=b: c\n!', value: 'v', isDefault: false }];
    assert.deepEqual(pairsOf(propertiesText(strange, words)), [['# a=b: c\n!', 'v']]);
  });

  it('leaves texts as they are that hide nothing', () => {
    assert.equal(escapeText('delete,compact 日本 👩‍💻'), 'delete,compact 日本 👩‍💻');
  });
});

describe('an edited configuration', () => {
  it('is read in the forms that people write', () => {
    assert.deepEqual(pairsOf('a=1\r\n b : 2 \n\n#c=3\n! d=4\ne=x=y:z\nf='), [
      ['a', '1'],
      ['b', '2'],
      ['e', 'x=y:z'],
      ['f', ''],
    ]);
  });

  it('says where name and value stand', () => {
    const [line] = parseProperties('#\n  retention.ms = 5').lines;
    assert.deepEqual(line, {
      name: 'retention.ms',
      value: '5',
      line: 1,
      start: 2,
      nameEnd: 14,
      valueStart: 17,
    });
  });

  it('says which lines cannot be understood', () => {
    assert.deepEqual(parseProperties('a\n=1\nb=1\nb=2\nc=\\\nd=\\u12\ne\\').problems, [
      { kind: 'no-value', line: 0 },
      { kind: 'no-name', line: 1 },
      { kind: 'twice', line: 3 },
      { kind: 'escape', line: 4 },
      { kind: 'escape', line: 5 },
      { kind: 'no-value', line: 6 },
    ]);
  });
});
