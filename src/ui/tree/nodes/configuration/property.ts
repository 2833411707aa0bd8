import * as vscode from 'vscode';
import type { TopicProperty } from '../../../../core/administration';
import { listed } from '../../../../l10n/listed';
import { greyedUri } from '../../greyed';
import { Menu } from '../menu';
import { tooltipOf, type TooltipRow } from '../tooltip';
import { idBelow, type NodeItem, TreeNode } from '../treeNode';

const menu = new Menu(['changeConfiguration', 'copyName']);

/** A property of a topic and its value. */
export class PropertyNode extends TreeNode {
  readonly kind = 'property';
  override readonly menu = menu;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly topic: string,
    readonly property: TopicProperty,
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return idBelow(this.parent, this.property.name);
  }

  get name(): string {
    return this.property.name;
  }

  item(): NodeItem {
    const { name, isDefault } = this.property;
    const value = this.#value();
    return {
      label: name,
      icon: this.property.isReadOnly ? 'lock' : 'symbol-property',
      description: value === '' ? '=' : `= ${value}`,
      spoken: listed([name, value === '' ? vscode.l10n.t('empty') : value, ...this.#marks()]),
      ...(isDefault === true && { resourceUri: greyedUri(this.id) }),
    };
  }

  override tooltip(): vscode.MarkdownString {
    const t = vscode.l10n.t;
    const rows: TooltipRow[] = [[t('Value'), this.#value()]];
    const marks = this.#marks();
    if (marks.length > 0) rows.push([t('State'), listed(marks)]);
    return tooltipOf(this.property.name, rows);
  }

  #value(): string {
    const { value, isSensitive } = this.property;
    const t = vscode.l10n.t;
    if (value !== null) return value;
    return isSensitive ? t('sensitive, not shown') : t('not set');
  }

  #marks(): readonly string[] {
    const { isDefault, isReadOnly } = this.property;
    const t = vscode.l10n.t;
    return [
      ...(isDefault === undefined ? [] : [isDefault ? t('default') : t('set for this topic')]),
      ...(isReadOnly ? [t('read-only')] : []),
    ];
  }
}
