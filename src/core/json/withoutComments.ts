// What is not closed reaches to the end, so that no text is searched twice.
const COMMENT = /("(?:[^"\\\n]|\\.)*"?)|\/\/.*|\/\*[^]*?(?:\*\/|$)/g;
const TRAILING_COMMA = /("(?:[^"\\\n]|\\.)*"?)|,(?=\s*[\]}])/g;

/**
 * Returns a text of JSON without what VS Code's settings files may have besides: comments, and commas
 * after the last member or element.
 */
export function withoutComments(text: string): string {
  const kept = (_: string, string: string | undefined) => string ?? ' ';
  return text.replace(COMMENT, kept).replace(TRAILING_COMMA, kept);
}
