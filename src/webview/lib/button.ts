import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { VscodeButton } from '@vscode-elements/elements/dist/vscode-button/index.js';
import { setAttribute, setText } from './dom';
import { icon, type IconName } from './icons';
import type { StringKey } from '../../viewer/strings';
import { words } from './words';

interface ButtonOptions {
  readonly label: StringKey;
  /** The tooltip; by default the label. */
  readonly tip?: StringKey;
  readonly icon?: IconName;
  /**
   * `action` is flat, as in VS Code's title bars; `icon` is the same, with the label only in the
   * tooltip; `primary` and `secondary` are filled.
   */
  readonly look: 'action' | 'icon' | 'primary' | 'secondary';
  readonly onClick: () => void;
}

export type Button = VscodeButton;

/** Returns a button in VS Code's style with an accessible name and a tooltip. */
export function button({ label, tip, icon: iconName, look, onClick }: ButtonOptions): Button {
  const made = document.createElement('vscode-button');
  const text = words(label);
  made.className = `button ${look}`;
  made.secondary = look !== 'primary';
  made.setAttribute('aria-label', text);
  made.title = words(tip ?? label);
  if (iconName) {
    const drawing = icon(iconName);
    drawing.setAttribute('slot', 'content-before');
    made.append(drawing);
  }
  if (look !== 'icon') {
    const span = document.createElement('span');
    span.className = 'button-label';
    span.textContent = text;
    made.append(span);
  }
  made.addEventListener('click', onClick);
  return made;
}

/** Gives a button another label, which is also its tooltip. */
export function relabel(made: Button, text: string): void {
  setAttribute(made, 'aria-label', text);
  made.title = text;
  const label = made.querySelector('.button-label');
  if (label) setText(label, text);
}

/** Lets a button do nothing for now. It stays in its place. */
export function disable(made: Button, isDisabled: boolean): void {
  made.disabled = isDisabled;
  setAttribute(made, 'aria-disabled', isDisabled ? 'true' : null);
}

/** Makes a button show and hide its popover, below or above it. */
export function opens(opener: HTMLElement, popover: HTMLElement): void {
  popover.popover = 'auto';
  opener.setAttribute('aria-expanded', 'false');
  opener.setAttribute('aria-haspopup', 'dialog');
  let openedByPress = false;
  // Pressing the button closes the popover before the click arrives.
  opener.addEventListener('pointerdown', () => {
    openedByPress = popover.matches(':popover-open');
  });
  opener.addEventListener('click', (event) => {
    if (event.detail > 0 && openedByPress) return;
    popover.togglePopover();
    place(popover, opener);
  });
  popover.addEventListener('toggle', () => {
    opener.setAttribute('aria-expanded', String(popover.matches(':popover-open')));
  });
}

function place(popover: HTMLElement, opener: Element): void {
  const at = opener.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const below = at.bottom + 2;
  const fits = below + height <= window.innerHeight;
  popover.style.top = `${fits ? below : Math.max(0, at.top - 2 - height)}px`;
  popover.style.left = `${Math.max(4, Math.min(at.left, window.innerWidth - width - 4))}px`;
}
