import type { PartitionProgress, ViewerState } from '../../viewer/protocol';
import { opens } from '../lib/button';
import { element, setAttribute, setText } from '../lib/dom';
import { words } from '../lib/words';

/** The maximum number of partitions listed. */
const MAX_LISTED = 100;

/** The progress of the read: a bar, which opens to a line for each partition. */
export class Progress {
  readonly element = element('span', { hidden: true });
  readonly #bar = element('span', { class: 'bar' });
  readonly #button = element(
    'button',
    { class: 'progress', title: words('progressTip') },
    this.#bar,
  );
  readonly #list = element('ul', { class: 'progress-list' });
  readonly #popover = element(
    'div',
    { class: 'popover', role: 'dialog', aria: { label: words('progress') } },
    this.#list,
  );

  constructor() {
    this.#button.type = 'button';
    this.element.append(this.#button, this.#popover);
    opens(this.#button, this.#popover);
  }

  update({ status, progress }: ViewerState): void {
    const running = status === 'reading' || status === 'paused';
    this.element.hidden = !running || progress.length === 0;
    if (this.element.hidden) return;
    const percent = percentRead(progress);
    this.#bar.style.width = `${percent}%`;
    setAttribute(this.#button, 'aria-label', words('progressAll', percent));
    while (this.#list.children.length > Math.min(progress.length, MAX_LISTED)) {
      this.#list.lastElementChild?.remove();
    }
    progress.slice(0, MAX_LISTED).forEach((each, index) => {
      const line = this.#list.children[index] ?? this.#list.appendChild(element('li'));
      setText(line, lineOf(each));
    });
  }
}

function lineOf(progress: PartitionProgress): string {
  const [read, all] = extent(progress);
  return words('progressPartition', progress.partition, read, all, percentRead([progress]));
}

/** Returns how many offsets were read, and how many there are to read. */
function extent({
  from,
  position,
  until,
}: PartitionProgress): readonly [read: bigint, all: bigint] {
  return [BigInt(position) - BigInt(from), BigInt(until) - BigInt(from)];
}

/** Returns how much of all partitions together was read, as a whole number from 0 to 100. */
function percentRead(progress: readonly PartitionProgress[]): number {
  let [read, all] = [0n, 0n];
  for (const each of progress) {
    const [of, total] = extent(each);
    read += of;
    all += total;
  }
  return all <= 0n ? 100 : Number((read * 100n) / all);
}
