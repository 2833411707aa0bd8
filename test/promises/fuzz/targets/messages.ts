import assert from 'node:assert/strict';
import { readDefinition, writeDefinition } from '../../../../src/viewer/session/definition';
import { parseToHost } from '../../../../src/viewer/session/toHost';
import { readSavedView } from '../../../../src/webview/lib/savedView';
import { parseToWebview } from '../../../../src/webview/toWebview';
import { visible } from '../../../../src/core/text/visible';
import type { Target } from '../target';

/**
 * What a webview, its saved state and a saved viewer say is understood as a whole or not at all:
 * what was understood is understood again, in the same way.
 */
export const target: Target = {
  seeds: [
    '{"type":"rows","start":0,"end":50}',
    '{"type":"filter","text":"a"}',
    '{"type":"sort","sort":{"column":"key","descending":true}}',
    '{"type":"span","span":{"from":1,"to":2}}',
    '{"type":"columns","columns":{"hidden":["key","key"],"widths":{"value":10,"__proto__":5}}}',
    '{"type":"selection","sequences":[1,2]}',
    '{"type":"action","action":"copyKey","sequences":[0]}',
    '{"cluster":"c","request":{"topic":"t","from":{"latestMinus":"100"},"partitions":[0],"until":"9","maxRecords":5},"range":"@x","last":5,"formats":{"key":{"kind":"long"},"value":{"kind":"string","encoding":"hex"}},"filter":"a","sort":null,"span":null,"columns":{"hidden":[],"widths":{}}}',
    '{"cluster":"c","request":{"topic":"t","from":{"offsets":{"0":"5","1":"6"}}},"range":""}',
    '{"type":"detail","sequence":1,"detail":{"sequence":1,"partition":0,"offset":"1","timestamp":null,"size":1,"key":{"kind":"null"},"value":{"kind":"text","text":"a","bytes":1}}}',
    '{"table":{"top":{"sequence":1,"partition":0,"offset":"5"},"pixels":1,"atEnd":false,"selected":[1],"active":null,"column":"key"},"layout":{"detail":true,"beside":1,"below":1,"keyMode":"json","valueMode":"hex","histogram":false}}',
  ],
  words: [
    'ready',
    'pause',
    'resume',
    'stop',
    'follow',
    'changeRange',
    'locate',
    'located',
    'focusFilter',
    'state',
    'base64',
    'earliest',
    'time',
  ],
  run: (input) => {
    const text = input.toString();
    const definition = readDefinition(text);
    if (definition) {
      const written = writeDefinition(definition);
      assert.deepEqual(readDefinition(written), definition);
    }
    assert.ok(!/[\p{Cc}\p{Surrogate}\u202a-\u202e]/u.test(visible(text)));
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return;
    }
    const message = parseToHost(value);
    if (message) assert.deepEqual(parseToHost(structuredClone(message)), message);
    parseToWebview(value);
    readSavedView(value);
  },
};
