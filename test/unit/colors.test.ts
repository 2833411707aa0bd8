import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** Backgrounds of side bar, tabs and editor in VS Code's own themes. */
const backgrounds = {
  dark: ['#181818', '#1f1f1f', '#1e1e1e', '#252526'],
  light: ['#ffffff', '#f8f8f8', '#f3f3f3'],
  highContrast: ['#000000'],
  highContrastLight: ['#ffffff'],
} as const;

/** How VS Code fades the description of an item in a tree. */
const DESCRIPTION_OPACITY = 0.7;
/** WCAG 2.2, success criterion 1.4.3. */
const ENOUGH = 4.5;

type Color = readonly number[];

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly contributes: {
    readonly colors: readonly {
      readonly id: string;
      readonly defaults: Readonly<Record<keyof typeof backgrounds, string>>;
    }[];
  };
};

describe('the colours of the manifest', () => {
  for (const { id, defaults } of contributes.colors) {
    for (const kind of ['dark', 'light', 'highContrast', 'highContrastLight'] as const) {
      it(`can be read in ${kind}, faded as well: ${id}`, () => {
        for (const background of backgrounds[kind]) {
          const behind = parse(background);
          const faded = mix(parse(defaults[kind]), behind, DESCRIPTION_OPACITY);
          const found = contrast(faded, behind);
          assert.ok(found >= ENOUGH, `${found.toFixed(2)} on ${background}`);
        }
      });
    }
  }
});

function parse(hex: string): Color {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
}

function mix(front: Color, behind: Color, opacity: number): Color {
  return front.map((part, index) => part * opacity + (behind[index] ?? 0) * (1 - opacity));
}

/** From 1 to 21, as WCAG defines it. */
function contrast(a: Color, b: Color): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Color): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
