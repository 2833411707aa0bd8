export interface Properties {
  readonly class?: string;
  readonly id?: string;
  readonly role?: string;
  readonly text?: string;
  /** A tooltip. */
  readonly title?: string;
  readonly tabIndex?: number;
  readonly hidden?: boolean;
  /** ARIA attributes, with names without `aria-`. */
  readonly aria?: Readonly<Record<string, string>>;
}

/** Returns a new element. Text is inserted as text, never as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (properties.class !== undefined) made.className = properties.class;
  if (properties.id !== undefined) made.id = properties.id;
  if (properties.role !== undefined) made.setAttribute('role', properties.role);
  if (properties.text !== undefined) made.textContent = properties.text;
  if (properties.title !== undefined) made.title = properties.title;
  if (properties.tabIndex !== undefined) made.tabIndex = properties.tabIndex;
  if (properties.hidden === true) made.hidden = true;
  for (const [name, value] of Object.entries(properties.aria ?? {})) {
    made.setAttribute(`aria-${name}`, value);
  }
  made.append(...children);
  return made;
}

/**
 * Sets or removes an attribute; does nothing if it is already so, which saves style and layout
 * work.
 */
export function setAttribute(target: Element, name: string, value: string | null): void {
  if (target.getAttribute(name) === value) return;
  if (value === null) target.removeAttribute(name);
  else target.setAttribute(name, value);
}

/** Sets the text of an element that holds nothing but text. */
export function setText(target: Element, text: string): void {
  const only = target.firstChild;
  if (only instanceof Text && target.childNodes.length === 1) {
    if (only.data !== text) only.data = text;
  } else if (text !== '' || only) target.textContent = text;
}

/** Returns whether the command key of this platform is pressed: Cmd on a Mac, Ctrl elsewhere. */
export function commandKey(event: KeyboardEvent | MouseEvent): boolean {
  return /^Mac/.test(navigator.platform) ? event.metaKey : event.ctrlKey;
}
