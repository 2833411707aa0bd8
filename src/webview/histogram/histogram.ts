import type { Histogram, TimeSpan, ViewerState } from '../../viewer/protocol';
import { BinCursor, binAt, countIn, spanOf } from './binCursor';
import { button } from '../lib/button';
import { element, setAttribute, setText } from '../lib/dom';
import { HistogramChart } from './histogramChart';
import { icon } from '../lib/icons';
import { formatTimeIn } from '../lib/times';
import { counted, words } from '../lib/words';

/** The number of bins that PageUp and PageDown move by. */
const PAGE = 10;

interface HistogramEvents {
  readonly select: (span: TimeSpan | null) => void;
  /** The histogram was opened or closed. */
  readonly open: (open: boolean) => void;
}

/** Messages over time as bars, with a span that can be selected with mouse and keyboard. */
export class HistogramPane {
  readonly element = element('section', { class: 'histogram', hidden: true });
  readonly #toggle = element('button', { class: 'histogram-title', id: 'histogram-title' });
  readonly #span = element('span', { class: 'histogram-span' });
  readonly #outside = element('span', {
    class: 'histogram-outside',
    title: words('histogramOutsideTip'),
  });
  readonly #clear = button({
    label: 'clearSpan',
    icon: 'clear',
    look: 'icon',
    onClick: () => {
      this.events.select(null);
      this.#slider.focus();
    },
  });
  readonly #slider = element('div', {
    class: 'histogram-slider',
    role: 'slider',
    tabIndex: 0,
    aria: {
      label: words('histogram'),
      description: words('histogramKeys'),
      valuemin: '0',
      valuemax: '0',
      valuenow: '0',
    },
  });
  readonly #chart: HistogramChart;
  readonly #cursor = new BinCursor();
  #histogram: Histogram | undefined;
  #timeZone = 'UTC';

  constructor(
    private readonly events: HistogramEvents,
    private open: boolean,
  ) {
    this.#toggle.type = 'button';
    this.#toggle.append(icon('chevronRight'), words('histogram'));
    const head = element(
      'div',
      { class: 'histogram-head' },
      this.#toggle,
      this.#span,
      this.#clear,
      this.#outside,
    );
    this.element.append(head, this.#slider);
    this.#slider.title = words('histogramKeys');
    this.#chart = new HistogramChart(this.#slider, {
      brushed: (from, to) => {
        const histogram = this.#histogram;
        if (histogram) {
          events.select(spanOf(histogram, binAt(histogram, from), binAt(histogram, to)));
        }
      },
      cleared: () => {
        events.select(null);
      },
      time: (time, step) => this.#time(time, step),
    });
    this.#toggle.addEventListener('click', () => {
      this.open = !this.open;
      this.#showOpen();
      events.open(this.open);
    });
    this.#slider.addEventListener('keydown', (event) => {
      if (this.#key(event)) event.preventDefault();
    });
    this.#slider.addEventListener('focus', () => {
      this.#showCursor();
    });
    this.#slider.addEventListener('blur', () => {
      this.#chart.mark(undefined);
    });
    this.#showOpen();
  }

  update({ histogram, span, timeZone, filter }: ViewerState): void {
    this.#timeZone = timeZone;
    this.#histogram = histogram ?? undefined;
    this.element.hidden = !histogram;
    this.element.classList.toggle('filtered', filter.text !== '');
    setText(
      this.#span,
      histogram && span ? words('histogramSpan', this.#time(span.from), this.#time(span.to)) : '',
    );
    this.#clear.hidden = !span;
    const outside = histogram?.outside ?? 0;
    setText(this.#outside, outside > 0 ? words('histogramOutside', outside) : '');
    this.#chart.update(histogram ?? undefined, span ?? undefined, timeZone);
    this.#showCursor();
  }

  /** Applies the colours of the theme. */
  repaint(): void {
    this.#chart.repaint();
  }

  #showOpen(): void {
    this.element.classList.toggle('open', this.open);
    this.#toggle.title = words(this.open ? 'histogramHide' : 'histogramShow');
    setAttribute(this.#toggle, 'aria-expanded', String(this.open));
    this.#slider.hidden = !this.open;
  }

  #time(time: number, step?: number): string {
    const { from = 0, to = 0, width = 1 } = this.#histogram ?? {};
    return formatTimeIn(time, step ?? width, to - from, this.#timeZone);
  }

  #showCursor(): void {
    const histogram = this.#histogram;
    if (!histogram) return;
    const bins = this.#cursor.bins(histogram);
    const span = this.#cursor.span(histogram);
    setAttribute(this.#slider, 'aria-valuemax', String(histogram.total.length - 1));
    setAttribute(this.#slider, 'aria-valuenow', String(this.#cursor.bin(histogram)));
    const text = words(
      'histogramBin',
      this.#time(span.from),
      this.#time(span.to),
      counted('oneMessage', 'manyMessages', countIn(histogram.total, bins)),
      counted('oneMatch', 'manyMatches', countIn(histogram.matched, bins)),
    );
    setAttribute(this.#slider, 'aria-valuetext', text);
    const focused = this.#slider.matches(':focus-visible');
    this.#chart.mark(focused ? span : undefined);
    if (focused) setText(this.#span, text);
  }

  /** Handles a key. @returns whether the key has a meaning here */
  #key({ key, shiftKey }: KeyboardEvent): boolean {
    const histogram = this.#histogram;
    if (!histogram) return false;
    const bin = this.#cursor.bin(histogram);
    const target = new Map([
      ['ArrowLeft', bin - 1],
      ['ArrowDown', bin - 1],
      ['ArrowRight', bin + 1],
      ['ArrowUp', bin + 1],
      ['PageUp', bin + PAGE],
      ['PageDown', bin - PAGE],
      ['Home', 0],
      ['End', Infinity],
    ]).get(key);
    if (target !== undefined) {
      this.#cursor.go(histogram, target, shiftKey);
      this.#showCursor();
    } else if (key === 'Enter') this.events.select(this.#cursor.span(histogram));
    else if (key === 'Escape') this.events.select(null);
    else return false;
    return true;
  }
}
