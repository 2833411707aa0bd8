import { visible } from '../../core/text/visible';
import { element } from '../lib/dom';

/** Characters that are laid out at once; more when one scrolls there. */
const PIECE = 64 * 1024;

/** A text with its line breaks, wrapped. Of a long one, what is far from sight is not there yet. */
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
