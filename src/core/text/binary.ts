/**
 * Control characters that no text file has: all below the blank but tab, line feed, form feed and
 * carriage return.
 */
const CONTROL = /[^\P{Cc}\t\n\f\r\u007f-\u009f]/u;
/** Most texts have none of these, and this is faster to find out. */
const BELOW_BLANK = /[^ -\uffff]/;

/** Whether a text has control characters that no text file has. */
export function isBinaryText(text: string): boolean {
  return BELOW_BLANK.test(text) && CONTROL.test(text);
}
