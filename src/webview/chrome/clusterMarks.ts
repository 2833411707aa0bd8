import { element } from '../lib/dom';
import { icon } from '../lib/icons';

/** Warnings about the cluster, always visible above everything else. */
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
