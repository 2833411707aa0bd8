/** The lines of each icon, on a grid of 16 by 16. */
const drawings = {
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  resume: 'M4.5 3l8 5-8 5z',
  stop: 'M4 4h8v8H4z',
  follow: 'M8 2.5v8M4.5 7.5L8 11l3.5-3.5M3.5 13.5h9',
  range: 'M2.5 8h11M5 5L2.5 8 5 11M11 5l2.5 3-2.5 3M8 5.5v5',
  export: 'M8 10.5v-8M4.5 6L8 2.5 11.5 6M3 10.5v3h10v-3',
  decode: 'M5.5 4L2 8l3.5 4M10.5 4L14 8l-3.5 4',
  document: 'M4 2.5h5L12.5 6v7.5H4zM9 2.5V6h3.5M6 8.5h4.5M6 11h4.5',
  columns: 'M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9',
  clearAll: 'M3 4h10M3 8h5M3 12h5M10 9.5l4 4M14 9.5l-4 4',
  close: 'M4 4l8 8M12 4l-8 8',
  help: 'M5.8 6a2.2 2.2 0 1 1 3.3 1.9c-.8.5-1.1.9-1.1 1.9M8 11.8v.9',
  clear: 'M5 5l6 6M11 5l-6 6',
  detail: 'M2.5 3.5h11v9h-11zM9.5 3.5v9',
  chevronDown: 'M4 6.2l4 4 4-4',
  chevronRight: 'M6.2 4l4 4-4 4',
  error: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM6 6l4 4M10 6l-4 4',
  warning: 'M8 2.5l6 11H2zM8 6.8v3.2M8 11.4v.6',
  info: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 7.2v4M8 4.9v.9',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  compare: 'M7 3H2.5v10H7M9 3h4.5v10H9M8 1.5v13',
  produce: 'M13.5 2.5l-5 11-2-5-4-1.5z',
  sortUp: 'M4.5 9.5L8 6l3.5 3.5',
  sortDown: 'M4.5 6.5L8 10l3.5-3.5',
  expand: 'M3 5l5 4 5-4M3 9l5 4 5-4',
  collapse: 'M3 8l5-4 5 4M3 12l5-4 5 4',
} as const;

export type IconName = keyof typeof drawings;

const SVG = 'http://www.w3.org/2000/svg';

/** Returns an icon in the colour of the text, hidden from assistive technology. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', drawings[name]);
  svg.append(path);
  return svg;
}
