import * as vscode from 'vscode';
import type { TextWords } from '../../../core/topicProperties/text';
import { oneLine } from '../../../core/text/visible';
import type { ConfiguredTopic } from './configurationUri';

/** Returns the comments in the text of a configuration. */
export function textWords({ cluster, topic }: ConfiguredTopic): TextWords {
  const t = vscode.l10n.t;
  return {
    about: [
      oneLine(t('The configuration of the topic {0} on {1}.', topic, cluster)),
      t('Change values and save. You see the changes first, and can still cancel.'),
      t('To restore a default, remove the line or put # before it.'),
    ],
    overridden: t('Set for this topic'),
    noneOverridden: t('Nothing is set for this topic'),
    defaults: t('Defaults of the cluster; remove the # before a line to set it for this topic'),
    fixed: t('Not to be changed here, or not shown'),
    readOnly: t('read-only'),
    sensitive: t('sensitive: its value is not shown'),
  };
}
