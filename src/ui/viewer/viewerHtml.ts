import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { strings } from '../../viewer/strings';
import { translated } from './translated';

/**
 * Returns the page of a viewer. It may load only our own script and style, and may not evaluate
 * code. The texts that it shows are passed as data.
 */
export function viewerHtml(webview: vscode.Webview, dist: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const address = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Kafka REST Explorer</title>
    <link rel="stylesheet" href="${address('webview.css')}">
    <script type="application/json" id="strings" nonce="${nonce}">${localisedStrings()}</script>
  </head>
  <body>
    <script nonce="${nonce}" src="${address('webview.js')}"></script>
  </body>
</html>`;
}

/** Returns JSON that cannot close the element that contains it. */
function localisedStrings(): string {
  const localised = Object.entries(strings).map(([key, text]) => [key, translated(text)]);
  return JSON.stringify(Object.fromEntries(localised)).replaceAll('<', '\\u003c');
}
