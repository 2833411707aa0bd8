import { commandKey } from './dom';

/** Handles the keys that work anywhere in the page. */
export function listenToShortcuts(focusFilter: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (!commandKey(event) || event.altKey || event.shiftKey) return;
    const key = event.key.toLowerCase();
    if (key === 'f') {
      event.preventDefault();
      // VS Code, which listens at the window, would also reveal this page and ask for the filter,
      // but later. What is typed meanwhile would be lost.
      event.stopPropagation();
      focusFilter();
    } else if (key === 'a') selectAll(event);
  });
}

/**
 * Selects all of a field, or what the table has already selected. VS Code, which listens at the
 * window, would also select all, but later. That would include text typed since then, which the
 * next key would replace.
 */
function selectAll(event: KeyboardEvent): void {
  if (event.target instanceof HTMLInputElement) {
    event.preventDefault();
    event.target.select();
  }
  if (event.defaultPrevented) event.stopPropagation();
}
