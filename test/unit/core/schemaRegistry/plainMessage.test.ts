import assert from 'node:assert/strict';
import { plainMessage } from '../../../../src/core/schemaRegistry/plainMessage';

describe('what a registry says does not fit', () => {
  it('is the description alone, which may hold quotes of the same kind', () => {
    assert.equal(
      plainMessage(
        "{errorType:'READER_FIELD_MISSING_DEFAULT_VALUE', description:'The field 'note' at path " +
          "'/fields/2' in the new schema has no default value and is missing in the old schema', " +
          "additionalInfo:'note'}",
      ),
      "The field 'note' at path '/fields/2' in the new schema has no default value and is missing " +
        'in the old schema',
    );
    assert.equal(
      plainMessage('{errorType:"FIELD_KIND_CHANGED", description:"The kind of \'#/1\' changed"}'),
      "The kind of '#/1' changed",
    );
  });

  it('is left out where it only repeats the old schema and the rule', () => {
    assert.equal(plainMessage(`{oldSchema: '{"type":"string"}'}`), undefined);
    assert.equal(plainMessage('{oldSchemaVersion: 1}'), undefined);
    assert.equal(plainMessage("{validateFields: 'false', compatibility: 'BACKWARD'}"), undefined);
    assert.equal(plainMessage('  '), undefined);
  });

  it('is as the registry wrote it otherwise', () => {
    assert.equal(
      plainMessage('reader type: string not compatible with writer type: int'),
      'reader type: string not compatible with writer type: int',
    );
  });
});
