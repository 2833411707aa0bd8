import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Histogram, TimeSpan } from '../../viewer/protocol';
import { element } from '../lib/dom';

const HEIGHT = 92;
/** The share of the height that a single message gets, so that it is visible among a million. */
const MIN_SHARE = 0.04;
/** The width of a label below the axis, in pixels. */
const LABEL = 48;

interface ChartEvents {
  /** The person selected a span with the mouse. */
  readonly brushed: (from: number, to: number) => void;
  readonly cleared: () => void;
  /** Formats a time where times are `step` milliseconds apart. */
  readonly time: (time: number, step: number) => string;
}

/** The bars of a histogram on a canvas, in the colours of the theme. */
export class HistogramChart {
  readonly #place = element('div', { class: 'chart', aria: { hidden: 'true' } });
  readonly #total = element('span', { class: 'swatch total' });
  readonly #matched = element('span', { class: 'swatch matched' });
  readonly #marked = element('span', { class: 'swatch marked' });
  #plot: uPlot | undefined;
  #histogram: Histogram | undefined;
  #span: TimeSpan | undefined;
  #mark: TimeSpan | undefined;
  #timeZone = 'UTC';
  #brushing = false;
  #colors = { total: '', matched: '', marked: '', text: '', font: '' };

  constructor(
    parent: HTMLElement,
    private readonly events: ChartEvents,
  ) {
    parent.append(this.#place, this.#total, this.#matched, this.#marked);
    new ResizeObserver(() => {
      this.#resize();
    }).observe(this.#place);
    const brush = (brushing: boolean) => () => {
      this.#brushing = brushing;
      if (!brushing) this.#draw();
    };
    this.#place.addEventListener('mousedown', brush(true));
    document.addEventListener('mouseup', brush(false));
  }

  update(histogram: Histogram | undefined, span: TimeSpan | undefined, timeZone: string): void {
    const same = this.#histogram === histogram && this.#timeZone === timeZone;
    this.#histogram = histogram;
    this.#span = span;
    this.#timeZone = timeZone;
    if (!same || !this.#plot) this.#draw();
    else this.#showSpan();
  }

  /** Draws a frame around a span, or removes it. */
  mark(span: TimeSpan | undefined): void {
    if (span?.from === this.#mark?.from && span?.to === this.#mark?.to) return;
    this.#mark = span;
    this.#plot?.redraw(false);
  }

  /** Applies the colours and fonts of the theme. */
  repaint(): void {
    const { color, fontFamily } = getComputedStyle(this.#place);
    const fill = (swatch: HTMLElement) => getComputedStyle(swatch).backgroundColor;
    this.#colors = {
      total: fill(this.#total),
      matched: fill(this.#matched),
      marked: fill(this.#marked),
      text: color,
      font: `11px ${fontFamily}`,
    };
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#draw();
  }

  #resize(): void {
    const { clientWidth: width } = this.#place;
    if (width === 0) return;
    if (!this.#plot) this.repaint();
    else if (this.#plot.width !== width) {
      this.#plot.setSize({ width, height: HEIGHT });
      this.#showSpan();
    }
  }

  /** While the person selects a span, new bars wait, so that the span stays under the mouse. */
  #draw(): void {
    const histogram = this.#histogram;
    if (!histogram || this.#brushing || this.#place.clientWidth === 0) return;
    const { from, width, total, matched } = histogram;
    const min = MIN_SHARE * Math.max(...total);
    const bars = (counts: readonly number[]) =>
      counts.map((count) => (count > 0 ? Math.max(count, min) : 0));
    const data: uPlot.AlignedData = [
      total.map((_, bin) => from + bin * width),
      bars(total),
      bars(matched),
    ];
    if (this.#plot) this.#plot.setData(data);
    else this.#plot = new uPlot(this.#options(), data, this.#place);
    this.#showSpan();
  }

  #showSpan(): void {
    const plot = this.#plot;
    if (!plot || this.#brushing) return;
    const span = this.#span;
    const edge = (time: number) => Math.min(Math.max(plot.valToPos(time, 'x'), 0), plot.rect.width);
    const [left, right] = span ? [edge(span.from), edge(span.to)] : [0, 0];
    plot.setSelect({ left, width: right - left, top: 0, height: plot.over.clientHeight }, false);
  }

  #options(): uPlot.Options {
    const bars = uPlot.paths.bars?.({ size: [1, Infinity], align: 1, gap: 1 });
    const series = (fill: () => string): uPlot.Series => ({
      fill,
      width: 0,
      points: { show: false },
      ...(bars && { paths: bars }),
    });
    return {
      width: this.#place.clientWidth,
      height: HEIGHT,
      ms: 1,
      padding: [4, 8, 0, 8],
      tzDate: (time) => uPlot.tzDate(new Date(time), this.#timeZone),
      legend: { show: false },
      cursor: {
        x: false,
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false, dist: 3 },
        bind: {
          dblclick: () => () => {
            this.events.cleared();
            return null;
          },
        },
      },
      scales: {
        x: { time: true, range: () => [this.#histogram?.from ?? 0, this.#histogram?.to ?? 1] },
        y: { range: (_, __, max) => [0, Math.max(max, 1)] },
      },
      axes: [
        {
          stroke: () => this.#colors.text,
          font: this.#colors.font,
          size: 22,
          gap: 4,
          space: 110,
          grid: { show: false },
          ticks: { show: true, size: 4, stroke: () => this.#colors.text, width: 0.5 },
          values: (plot, splits, _, __, step) =>
            splits.map((at) => (hasRoom(plot, at) ? this.events.time(at, step) : null)),
        },
        { show: false },
      ],
      series: [{}, series(() => this.#colors.total), series(() => this.#colors.matched)],
      hooks: {
        setSelect: [
          (plot) => {
            const { left, width } = plot.select;
            if (width === 0) return;
            // The last pixel belongs to the selection; the one after it does not.
            this.events.brushed(plot.posToVal(left, 'x'), plot.posToVal(left + width - 1, 'x'));
          },
        ],
        draw: [
          (plot) => {
            this.#drawMark(plot);
          },
        ],
      },
    };
  }

  #drawMark(plot: uPlot): void {
    if (!this.#mark) return;
    const { from, to } = this.#mark;
    const { ctx, bbox } = plot;
    const [left, right] = [plot.valToPos(from, 'x', true), plot.valToPos(to, 'x', true)];
    const line = Math.max(1, Math.round(devicePixelRatio));
    ctx.save();
    ctx.strokeStyle = this.#colors.marked;
    ctx.lineWidth = line;
    ctx.strokeRect(left, bbox.top + line / 2, Math.max(right - left, line), bbox.height - line);
    ctx.restore();
  }
}

/** Returns whether the label below a time fits into the chart. */
function hasRoom(plot: uPlot, time: number): boolean {
  const at = plot.valToPos(time, 'x');
  return at > LABEL / 2 && at < plot.width - LABEL / 2;
}
