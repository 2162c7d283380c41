// Opens the pages below $REPORTS from the disk and does with them what a person does.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const reports = process.env.REPORTS;
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
});
after(() => browser.close());

/// Opens a page and fails, at the end of `look`, if it did anything but show itself.
async function open(name, look, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, ...options });
  const wrong = [];
  const file = `file://${reports}/${name}.html`;
  page.on('console', (message) => wrong.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => { wrong.push('dialog'); dialog.dismiss(); });
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== file) wrong.push(`request: ${request.url()}`);
  });
  await page.goto(file);
  await look(page);
  assert.deepEqual(wrong, []);
  await page.close();
}

const detail = '.detail:not([hidden])';

test('a sound run says that nothing differs', () => open('kept', async (page) => {
  assert.equal(await page.textContent('.judgement'), 'same');
  assert.match(await page.textContent('.facts'), /^nothing differs/);
  assert.equal(await page.locator('.row.found').count(), 0);
}));

test('a click on a finding opens its exchange with the difference', () => open('different', async (page) => {
  assert.equal(await page.textContent('.judgement'), 'different');
  const text = await page.textContent('.findings button');
  await page.click('.findings button');
  assert.ok(text.startsWith(await page.textContent(`${detail} .finding h3`)));
  assert.equal(await page.locator('.row.selected.found').count(), 1);
  assert.ok(await page.locator(`${detail} .headers dt`).count() > 0);
}));

test('keys alone reach an exchange, open it and close it', () => open('kept', async (page) => {
  await page.focus('.diagram');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const time = await page.textContent('.row.selected .time');
  await page.keyboard.press('Enter');
  assert.ok((await page.textContent(`${detail} .side .note`)).includes(`sent at ${time} s`));
  assert.match(await page.textContent(`${detail} .body`), /\n  "/);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator(detail).count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.className), 'diagram');
}));

test('findings say their cause and in how many runs they were; what was done by hand is called so', () => open('flaky', async (page) => {
  assert.match(await page.textContent('.findings button'), /; after exchange \d+.*, POST .* \(flaky: in 2 of 5 runs\)$/);
  await page.click('.findings button');
  assert.ok((await page.textContent(`${detail} .finding`)).includes('flaky: in 2 of 5 runs'));
  assert.ok((await page.locator('.row .badge').allTextContents()).includes('edited by hand'));
  assert.match(await page.locator('.alert').first().textContent(), /^Quit by hand before exchange 7: deliveries not sent: 3\.$/);
}));

test('sessions that were not played are told', () => open('many', async (page) => {
  assert.match(await page.textContent('h1'), /^1 of 4 sessions the same$/);
  assert.equal(await page.locator('.summary td:text-is("not played")').count(), 1);
}));

test('filters leave what was asked for', () => open('different', async (page) => {
  const all = await page.locator('.row').count();
  await page.selectOption('[aria-label=Finding]', 'any');
  const found = await page.locator('.row').count();
  assert.ok(found > 0 && found < all);
  assert.equal(await page.locator('.row.found').count(), found);
  await page.selectOption('[aria-label=Finding]', '');
  await page.selectOption('[aria-label=Leg]', '1');
  const legs = await page.locator('.row .leg').allTextContents();
  assert.ok(legs.length > 0 && legs.every((leg) => leg === 'bot → Graph'));
  await page.selectOption('[aria-label=Leg]', '');
  await page.selectOption('[aria-label=Call]', '0');
  const ofCall = await page.locator('.row').count();
  assert.ok(ofCall > 0 && ofCall < all);
}));

test('the summary leads to each session', () => open('many', async (page) => {
  assert.equal(await page.locator('tbody tr').count(), 4);
  await page.click('tbody tr:first-child a');
  await page.locator('h1', { hasText: /^kept$/ }).waitFor();  // the browser follows a link in its own time
  await page.click('.back');
  await page.locator('tbody tr').nth(3).waitFor();
  assert.equal(await page.locator('tbody tr').count(), 4);
}));

for (const name of ['hostile', 'many']) {
  test(`what is hostile is text: ${name}`, () => open(name, async (page) => {
    if (name === 'many') await page.click('tbody tr:nth-child(2) a');
    await page.locator('h1', { hasText: 'alert(1)' }).waitFor();
    const title = await page.textContent('h1');
    assert.match(title, /^<script>alert\(1\)<\/script><!-- --> \]\]> ⟨U\+2028⟩ <img src=x onerror=alert\(2\)>/);
    assert.match(title, /⟨U\+202E⟩desrever$/);
    await page.click('.findings button');
    await page.waitForSelector(detail);
    await page.click(`${detail} summary >> nth=0`);
    assert.equal(await page.locator('img, script:not([id]) ~ script, #app script, #app a[href^=javascript]').count(), 0);
  }));
}

test('10,000 messages have no more elements than are seen', () => open('long', async (page) => {
  assert.ok(await page.locator('.row').count() < 60);
  await page.focus('.diagram');
  await page.keyboard.press('End');
  const last = page.locator('.row.selected');
  assert.equal(await last.getAttribute('aria-posinset'), '5000');
  assert.ok(await page.locator('.row').count() < 60);
  await page.keyboard.press('Enter');
  assert.match(await page.textContent(`${detail} .side .note`), /^exchange 5000 /);
}));

/// How many pixels of the canvas have the page's accent colour, by half: recorded, live.
const accents = (page) => page.evaluate(() => {
  const canvas = document.querySelector('canvas');
  const accent = getComputedStyle(canvas).getPropertyValue('--accent').match(/\w\w/g).map((hex) => parseInt(hex, 16));
  const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const counts = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    if (accent.every((value, k) => data[i + k] === value) && data[i + 3] === 255) counts[i / 4 % width < width / 2 ? 0 : 1]++;
  }
  return counts;
});

test('findings are marked in the diagram of each call, and only they', async () => {
  await open('kept', async (page) => assert.deepEqual(await accents(page), [0, 0]));
  await open('hostile', async (page) => {
    const [recorded, live] = await accents(page);
    assert.ok(recorded > 50 && live > 50);
  });
});

test('lateness is shown with its percentiles, its histogram and at each delivery', () => open('late', async (page) => {
  assert.match(await page.textContent('.lateness summary'),
    /of 11 deliveries: p50 3\.00 ms · p90 3\.00 ms · p99 40 ms · max 40 ms/);
  await page.click('.lateness summary');
  assert.deepEqual(await page.locator('.lateness .bucket').allTextContents(),
    ['< 5.00 ms10', '< 10 ms0', '< 20 ms0', '< 50 ms1']);
  assert.equal(await page.locator('.row .late').count(), 11);
  assert.equal(await page.locator('.row .late').first().textContent(), '+40 ms');
}));

test('latency counts from the intended time, and its histogram is drawn', () => open('late', async (page) => {
  const answers = Number((await page.textContent('.latency summary')).match(/^Latency of (\d+) answers/)[1]);
  assert.equal(answers, 11);
  assert.match(await page.textContent('.latency summary'), /p50 3\.38 ms · p90 45 ms · p99 66 ms · max 66 ms$/);
  assert.equal(await page.locator('.latency .bar').first().isVisible(), false);
  await page.click('.latency summary');
  const buckets = await page.locator('.latency .bucket').evaluateAll((each) => each.map((bucket) =>
    [Number(bucket.lastChild.textContent), bucket.querySelector('.bar').getBoundingClientRect().width]));
  assert.equal(buckets.reduce((sum, [count]) => sum + count, 0), answers);
  const most = Math.max(...buckets.map(([count]) => count)), widest = Math.max(...buckets.map(([, width]) => width));
  assert.ok(widest > 100);
  for (const [count, width] of buckets) assert.ok(Math.abs(width - widest * count / most) < 1, `${count}: ${width}`);
}));

test('1,000 messages fit into 500 kB', () => {
  assert.ok(statSync(`${reports}/thousand.html`).size < 500_000);
});

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

test('the summary is no wider than a phone', () => open('many', async (page) => {
  assert.ok(await fits(page));
}, { viewport: { width: 360, height: 740 } }));

test('a session is no wider than a phone', () => open('hostile', async (page) => {
  assert.ok(await fits(page));
  await page.click('.findings button');
  await page.waitForSelector(detail);
  assert.ok(await fits(page));
}, { viewport: { width: 360, height: 740 } }));

test('dark where dark is asked for', () => open('kept', async (page) => {
  const lightness = () => page.evaluate(() =>
    getComputedStyle(document.body).backgroundColor.match(/\d+/g).reduce((sum, each) => sum + Number(each), 0));
  assert.ok(await lightness() < 200);
  await page.emulateMedia({ colorScheme: 'light' });
  assert.ok(await lightness() > 600);
}, { colorScheme: 'dark' }));
