// The README's picture of a page: node picture.mjs REPORT.html OUT.png
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';

const [report, out] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
});
const page = await browser.newPage({ viewport: { width: 1180, height: 720 } });
await page.goto(`file://${resolve(report)}`);
await page.click('.findings button');
await page.waitForSelector('.detail:not([hidden])');
await page.mouse.move(0, 0);  // nothing is pointed at
await page.evaluate(() => scrollTo(0, 0));
await page.screenshot({ path: out });
await browser.close();
