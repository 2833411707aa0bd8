import { visible } from '../../core/text/visible';
import { element } from '../lib/dom';

/** The number of characters laid out at once; scrolling adds more. */
const PIECE = 64 * 1024;

/**
 * Shows a text with its line breaks, wrapped. Parts of a long text are added as one scrolls to
 * them.
 */
export function textView(text: string, label: string): HTMLElement {
  const shown = visible(text, '\n\t');
  const pre = element('pre', { class: 'text', tabIndex: 0, role: 'group', aria: { label } });
  let end = 0;
  const more = () => {
    pre.append(shown.slice(end, end + PIECE));
    end += PIECE;
  };
  more();
  pre.addEventListener('scroll', () => {
    const left = pre.scrollHeight - pre.clientHeight - pre.scrollTop;
    if (left < 2 * pre.clientHeight && end < shown.length) more();
  });
  return pre;
}
