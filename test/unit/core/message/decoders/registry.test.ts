import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { formatOf, formatText, parseFormat, PLAIN } from '../../../../../src/core/message/codec';
import { canEncode, type Decoder } from '../../../../../src/core/message/decoders/decoder';
import { decoders } from '../../../../../src/core/message/decoders/registry';
import { argumentChoices, formatChoices, isWrapper } from '../../../../../src/kafkaFile/formats';
import { parse } from '../../../../../src/kafkaFile/parser';
import { readConsumer, readProducer } from '../../../../../src/kafkaFile/settings';
import { complete } from '../../../../../src/language/completion';
import { diagnose } from '../../../../../src/language/diagnostics';
import { hover, hoverTarget } from '../../../../../src/language/hover';
import {
  readDefinition,
  type ViewerDefinition,
  writeDefinition,
} from '../../../../../src/viewer/session/definition';
import { decodeOne, formatsOf } from '../../../../support/formats';
import { caret, catalog, CLOCK, consumer, producer } from '../../../../support/kafkaFiles';

const PARTS = ['key', 'value'] as const;
const BLOCKS = ['producer', 'consumer'] as const;

/** Returns whether blocks of a kind may name the format. */
function isFor(block: (typeof BLOCKS)[number], decoder: Decoder): boolean {
  return block === 'consumer' || canEncode(decoder);
}

/** Returns what is suggested at the caret, as `label: detail`. */
function suggested(marked: string): string[] {
  const { file, offset } = caret(marked);
  return complete(file, offset, catalog()).items.map(
    ({ label, detail = '' }) => `${label}: ${detail}`,
  );
}

describe('The registry of decoders', () => {
  it('has each name once', () => {
    const names = decoders.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
  });

  it('says which formats there are, where a block names another', async () => {
    for (const block of BLOCKS) {
      const text = `${block.toUpperCase()}\ntopic: orders\nkey-format: nosuch\nv: 1`;
      const found = await diagnose(parse(text), catalog());
      const [problem] = found.filter(({ code }) => code === 'format-unknown');
      for (const decoder of decoders) {
        const isListed = new RegExp(`\\b${decoder.name}\\b`).test(JSON.stringify(problem?.message));
        assert.equal(isListed, isFor(block, decoder), `${decoder.name} in ${block}`);
      }
    }
  });

  for (const decoder of decoders) {
    describe(`has the decoder "${decoder.name}", which`, () => {
      const { name, argument } = decoder;
      const formats = formatsOf(decoder);
      const texts = formats.map(formatText);

      it('reads its own spellings', () => {
        for (const format of formats) {
          assert.equal(format.kind, name);
          assert.deepEqual(parseFormat(formatText(format)), format);
          assert.deepEqual(formatOf(format.kind, format.argument), format);
        }
      });

      it('shows any bytes, or says why not', async () => {
        for (const format of formats) {
          for (const payload of ['', 'abc', '\ufffd', Buffer.from([0, 255, 195, 40])]) {
            const { text, problem } = await decodeOne(payload, format);
            assert.ok(typeof text === 'string' || problem);
          }
        }
      });

      it('is suggested, with its meaning, where it is possible', () => {
        for (const block of BLOCKS) {
          const choice = formatChoices(block).find(({ value }) => value === name);
          assert.equal(choice !== undefined, isFor(block, decoder));
          if (!choice) continue;
          assert.ok(choice.about());
          for (const part of PARTS) {
            const line = `${block.toUpperCase()}\n${part}-format: |`;
            assert.ok(suggested(line).includes(`${name}: ${choice.about()}`), line);
          }
        }
      });

      it('has its arguments suggested, with their meanings', () => {
        const found = suggested(`CONSUMER\nvalue-format: ${name}(|`);
        const choices = argumentChoices(name, 'consumer');
        assert.ok(choices.every(({ about }) => about()));
        assert.deepEqual(
          choices.map(({ value }) => value),
          isWrapper(name) ? decoders.map((each) => each.name) : (argument?.choices ?? []),
        );
        assert.deepEqual(
          found,
          choices.map(({ value, about }) => `${value}: ${about()}`),
        );
      });

      it('is explained where the mouse rests on it', () => {
        for (const text of texts) {
          const file = parse(`CONSUMER\ntopic: orders\nkey-format: ${text}\n`);
          const target = hoverTarget(file, file.text.indexOf(text), catalog());
          assert.ok(target);
          const shown = JSON.stringify(hover(file, target, catalog()));
          assert.ok(shown.includes(`\`${name}\`: `), shown);
        }
      });

      it('may stand in the blocks that it is for, and in no others', async () => {
        for (const [at, text] of texts.entries()) {
          const lines = `topic: orders\nkey-format: ${text}\nvalue-format: ${text}\n`;
          const { settings, problems } = readConsumer(consumer(`CONSUMER\n${lines}`), CLOCK);
          assert.deepEqual(problems, []);
          assert.deepEqual([settings.keyFormat, settings.valueFormat], [formats[at], formats[at]]);
          const block = `PRODUCER\n${lines}{{$index}}`;
          const read = readProducer(producer(block));
          const isPossible = isFor('producer', decoder);
          assert.deepEqual(read.settings.valueFormat, isPossible ? formats[at] : PLAIN);
          const codes = (await diagnose(parse(`-- @cluster: other\n${block}`), catalog())).map(
            ({ code }) => code,
          );
          assert.deepEqual(codes, isPossible ? [] : ['format-unknown', 'format-unknown']);
        }
      });

      it('comes back from the saved state of a viewer', () => {
        for (const format of formats) {
          const written: ViewerDefinition = {
            cluster: 'dev',
            request: { topic: 'orders', from: { at: 'earliest' } },
            range: '',
            formats: { key: format, value: format },
            filter: '',
            sort: null,
            span: null,
            columns: { hidden: [], widths: {} },
          };
          assert.deepEqual(readDefinition(writeDefinition(written)), written);
        }
      });

      it('stands in the documentation, with its arguments', () => {
        const documentation = readFileSync('docs/kafka-files.md', 'utf8');
        for (const text of texts) {
          assert.ok(documentation.includes(`\`${text}\``), text);
        }
      });
    });
  }
});
