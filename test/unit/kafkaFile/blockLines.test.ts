import assert from 'node:assert/strict';
import { afterEdit, linesOf } from '../../../src/kafkaFile/blockLines';
import { parse } from '../../../src/kafkaFile/parser';

/**
 * Replaces the text between two bars (or inserts at one) of a file whose second block begins at
 * line 3, and returns where that block is afterwards.
 */
function edited(marked: string, text: string) {
  const [before = '', replaced = '', after] = marked.split('|');
  const original = before + (after === undefined ? '' : replaced) + (after ?? replaced);
  const file = parse(original);
  const block = file.blocks.at(-1);
  assert.ok(block);
  const at = (offset: number) => file.range({ start: offset, end: offset }).start;
  const end = before.length + (after === undefined ? 0 : replaced.length);
  return afterEdit(linesOf(file, block), {
    range: { start: at(before.length), end: at(end) },
    text,
  });
}

describe('The lines of a block', () => {
  const block = (marked: string) => `${marked}\n###\n-- more\n`;

  it('reach from its keyword to its last line, without the separator', () => {
    const file = parse('-- a\nPRODUCER\ntopic: t\n\n{\n}\n###\n');
    const [found] = file.blocks;
    assert.ok(found);
    assert.deepEqual(linesOf(file, found), { first: 1, last: 5 });
  });

  it('move with edits above', () => {
    const moved = (lines: number) => ({ first: 3 + lines, last: 5 + lines, changed: false });
    const rest = 'PRODUCER\ntopic: t\nx';
    assert.deepEqual(edited(block(`a|\nb\nc\n${rest}`), '\n\n'), moved(2));
    assert.deepEqual(edited(block(`a\n|b\n|c\n${rest}`), ''), moved(-1));
    assert.deepEqual(edited(block(`a\nb\nc|\n${rest}`), 'd'), moved(0));
    assert.deepEqual(edited(block(`a\nb\nc\n|${rest}`), 'new\n'), moved(1));
    assert.deepEqual(edited(block(`a\nb\n|c\n|${rest}`), ''), moved(-1));
    assert.deepEqual(edited(block(`a\nb\nc\n|${rest}`), 'new\r\n'), moved(1));
  });

  it('change with what stands in them', () => {
    const changed = (last: number) => ({ first: 3, last, changed: true });
    const head = 'a\nb\nc\n';
    assert.deepEqual(edited(block(`${head}PRODUCER|\ntopic: t\nx`), ' label'), changed(5));
    assert.deepEqual(edited(block(`${head}PRODUCER|\ntopic: t\nx`), '\n'), changed(6));
    assert.deepEqual(edited(block(`${head}PRODUCER\ntopic: t\n|x|`), 'y\nz'), changed(6));
    assert.deepEqual(edited(block(`${head}PRODUCER\ntopic: |t\nx|`), 't'), changed(4));
    assert.deepEqual(edited(block(`${head}|PRODUCER\ntopic: t\nx`), '-'), changed(5));
    assert.deepEqual(edited(block(`a\nb\nc|\n|PRODUCER\ntopic: t\nx`), ''), {
      first: 2,
      last: 4,
      changed: true,
    });
  });

  it('stay as they are with edits below', () => {
    const same = { first: 3, last: 5, changed: false };
    assert.deepEqual(edited('a\nb\nc\nPRODUCER\ntopic: t\nx\n|###\n', '\n'), same);
  });

  it('are gone if the keyword was replaced', () => {
    assert.equal(edited(block('a\nb\nc\n|PRODUCER|\ntopic: t\nx'), 'CONSUMER'), undefined);
    assert.equal(edited(block('a\nb\n|c\nPRO|DUCER\ntopic: t\nx'), ''), undefined);
  });
});
