import { visible } from '../../core/text/visible';
import type { PayloadDetail } from '../../viewer/protocol';
import { button } from '../lib/button';
import { element } from '../lib/dom';
import { words } from '../lib/words';

/** Returns a line that says how a payload was decoded, if it was, with the way to its schema. */
export function decodingLine(
  payload: PayloadDetail,
  openSchema: () => void,
): readonly HTMLElement[] {
  if (payload.kind === 'null' || !payload.decoding) return [];
  const { format, isGuess, schema, canOpen } = payload.decoding;
  const name = visible(format);
  const [first, ...others] = schema.map((text) =>
    element('span', { class: 'schema', text: visible(text) }),
  );
  const opener = button({
    label: 'openSchema',
    tip: 'openSchemaTip',
    icon: 'document',
    look: 'icon',
    onClick: openSchema,
  });
  const line = element(
    'div',
    { class: 'decoding' },
    element('span', { class: 'format', text: isGuess ? words('guessed', name) : name }),
    ...(first ? [first] : []),
    ...(canOpen ? [opener] : []),
    ...others,
  );
  return [line];
}

/** Returns notes if a payload could not be decoded, or does not fit its schema. */
export function problems(payload: PayloadDetail): readonly HTMLElement[] {
  if (payload.kind === 'null') return [];
  const { problem, decoding } = payload;
  return [
    ...(problem === null ? [] : [words('notDecoded', visible(problem))]),
    ...(decoding?.misfit ? [words('misfit', visible(decoding.misfit))] : []),
  ].map((text) => element('div', { class: 'note', role: 'note', text }));
}
