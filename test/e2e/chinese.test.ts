import assert from 'node:assert/strict';
import path from 'node:path';
import { canDrawChinese } from '../support/host/fonts';
import { root } from '../support/host/processes';
import { photograph } from './window/keys';
import { beginJourney, type Journey, photographFailures } from './window/support';
import { viewerOf } from './window/viewerPage';

const file = `PRODUCER 新订单
topic: orders
ky: customer-7
{ "orderId": 9007199254740993, "note": "来自块" }
###

CONSUMER 最新
topic: orders
from: latest
count: 1
###
`;

describe('A window in Chinese', () => {
  let journey: Journey;
  let hasFont: boolean;

  before(async () => {
    // The browser finds the fonts when it starts.
    hasFont = await canDrawChinese();
    journey = await beginJourney({ 'orders.kafka': file }, { language: 'zh-cn' });
  });

  photographFailures(() => journey);

  after(() => journey.end());

  it('shows the tree in Chinese', async () => {
    const { window } = journey;
    const { page } = window;
    await page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    await page.getByText('尚无群集。').waitFor();
    await page.getByRole('button', { name: '启动模拟器' }).click();
    await window.treeItem('orders').waitFor();
    await window.treeItem('Kafka 代理').waitFor();
    await window.treeItem('orders').click();
    await window.treeItem('分区 2').waitFor();
  });

  it('asks, and shows a viewer, in Chinese', async () => {
    const { window } = journey;
    const { page } = window;
    await window.chooseFromMenu(window.treeItem('orders'), '查看消息...');
    await window.quickInput.getByText(/^打开 orders：/).waitFor();
    await page.keyboard.press('Enter');
    const viewer = viewerOf(journey);
    await viewer.getByText('已完成', { exact: true }).waitFor();
    await viewer.getByRole('combobox', { name: '筛选器' }).fill('key:customer');
    await viewer.getByText(/^\d+ 条中有 \d+ 条匹配$/).waitFor();
    assert.equal(await viewer.locator('html').getAttribute('lang'), 'zh-cn');
    await viewer.getByText('customer-').first().click();
    await viewer.getByText('十六进制', { exact: true }).filter({ visible: true }).first().waitFor();
    if (hasFont) {
      await window.screenshot(path.join(root, 'media/screenshots/chinese-light.png'));
    }
  });

  it('explains a .kafka file in Chinese', async () => {
    const { window } = journey;
    const { page } = window;
    await page.keyboard.press('Control+P');
    await window.quickInput.locator('input').fill('orders.kafka');
    await window.pick('orders.kafka');
    await lens('生成 10 次').waitFor();
    await lens('跟踪').waitFor();
    await page.keyboard.press('F8');
    await page.getByText('此行是值的一部分，而不是属性“key”。').first().waitFor();
  });

  it('says what a schema is in Chinese', async () => {
    const { window } = journey;
    // The topics would stand in between.
    await window.treeItem(/^主题/).click();
    await window.treeItem(/^架构/).click();
    await window.treeItem(/^purchases-avro-value/).click();
    await window.treeItem('版本 2（最新）').click();
    await window.page.getByRole('tab', { name: 'purchases-avro-value@2.avsc' }).waitFor();
    await lens('与上一版本比较').waitFor();
    await photograph(journey, 'schema-chinese');
  });

  function lens(title: string) {
    return journey.window.page.locator('.codelens-decoration').getByText(title, { exact: true });
  }
});
