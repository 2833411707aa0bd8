import { element, setAttribute } from '../lib/dom';
import { VirtualRows } from '../lib/virtualRows';

/** The number of bytes in a row. */
const WIDTH = 16;

/** Returns bytes as a list of rows: the offset of each, its bytes in hexadecimal, and as ASCII. */
export function hexView(bytes: Uint8Array, label: string, rowHeight: () => number): HTMLElement {
  const body = element('div', { class: 'body', role: 'presentation' });
  const list = element('div', { class: 'hex', role: 'list', tabIndex: 0, aria: { label } }, body);
  const count = Math.ceil(bytes.length / WIDTH);
  const rows = new VirtualRows({
    scroller: list,
    body,
    rowHeight,
    create: () =>
      element(
        'div',
        { class: 'hex-row', role: 'listitem' },
        element('span', { class: 'hex-offset' }),
        element('span', { class: 'hex-bytes' }),
        element('span', { class: 'hex-ascii' }),
      ),
    fill: (row, index) => {
      hexRow(bytes, index).forEach((text, at) => {
        const cell = row.children[at];
        if (cell) cell.textContent = text;
      });
      setAttribute(row, 'aria-setsize', String(count));
      setAttribute(row, 'aria-posinset', String(index + 1));
    },
  });
  rows.resize(count);
  return list;
}

function hexRow(bytes: Uint8Array, index: number): readonly [string, string, string] {
  const start = index * WIDTH;
  const row = [...bytes.subarray(start, start + WIDTH)];
  const hex = row.map((byte) => byte.toString(16).padStart(2, '0'));
  const halves = [hex.slice(0, WIDTH / 2).join(' '), hex.slice(WIDTH / 2).join(' ')];
  const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
  return [start.toString(16).padStart(6, '0'), halves.join('  '), ascii.join('')];
}
