/** What a suite in VS Code used: kinds of texts that must not be found. */
export interface Canaries {
  /** A text that must be found in every place. */
  readonly control: string;
  readonly secrets: readonly string[];
  readonly tokens: readonly string[];
  /** What messages held. It may be where people put it, but not in a log or a setting. */
  readonly bodies: readonly string[];
  /** What schemas held. As for messages, but drafts of schemas are kept in the workspace's state. */
  readonly schemas?: readonly string[];
}
