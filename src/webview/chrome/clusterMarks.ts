import { element } from '../lib/dom';
import { icon } from '../lib/icons';

/** What a person must know of the cluster all the time, above everything else. */
export class ClusterMarks {
  readonly element = element('div', { class: 'cluster-marks' });

  constructor() {
    this.element.hidden = true;
  }

  show(marks: readonly string[]): void {
    this.element.replaceChildren(
      ...marks.map((text) => element('div', {}, icon('warning'), element('span', { text }))),
    );
    this.element.hidden = marks.length === 0;
  }
}
