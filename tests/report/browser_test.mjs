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
  await page.keyboard.press('Space');
  await page.waitForSelector(detail);
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'diagram');
}));

test('findings say their cause and in how many runs they were; what was done by hand is called so', () => open('flaky', async (page) => {
  assert.match(await page.textContent('.findings button'), /; after exchange \d+.*, POST .* \(flaky: in 2 of 5 runs\)$/);
  await page.click('.findings button');
  assert.ok((await page.textContent(`${detail} .finding`)).includes('flaky: in 2 of 5 runs'));
  assert.ok((await page.locator('.row .badge').allTextContents()).includes('edited by hand'));
  assert.match(await page.locator('.alert').first().textContent(), /^Quit by hand before exchange 7: deliveries not sent: 3\.$/);
}));

test('what follows from other findings stands back', () => open('different', async (page) => {
  const lines = await page.locator('.findings button').allTextContents();
  const follow = lines.filter((line) => line.startsWith('follows: '));
  assert.ok(follow.length > 0 && follow.length < lines.length);
  assert.equal(await page.locator('.findings .follows').count(), follow.length);
  assert.match(await page.textContent('.facts'), new RegExp(`, and ${follow.length} that follow`));
}));

test('Close stays in reach, and leads back to where the exchange was opened', () => open('different', async (page) => {
  await page.click('.findings button >> nth=1');
  await page.waitForSelector(detail);
  await page.evaluate(() => { const pane = document.querySelector('.detail'); pane.scrollTop = pane.scrollHeight; });
  const button = await page.locator('.close').boundingBox();
  assert.ok(button.y > 0 && button.y + button.height < 740);
  await page.click('.close');
  assert.equal(await page.locator(detail).count(), 0);
  assert.ok(await page.evaluate(() => document.activeElement === document.querySelectorAll('.findings button')[1]));
}, { viewport: { width: 390, height: 740 } }));

test('what was asked for last is shown, however long the first takes to unpack', () => open('thousand', async (page) => {
  await page.click('.row >> nth=0');
  await page.waitForSelector(detail);
  const shown = await page.evaluate(async () => {
    const rows = diagram.layout.placed;
    diagram.goTo(rows[400]);
    diagram.goTo(rows[0]);
    await messagesOf(run.sessions[0], rows[400].index);
    await new Promise((resolve) => setTimeout(resolve));
    return [document.querySelector('.detail .side .note').textContent, rows[0].recorded.number];
  });
  assert.ok(shown[0].startsWith(`exchange ${shown[1]} `), shown[0]);
}));

test('the title says which session, and how it went', async () => {
  await open('different', async (page) => assert.equal(await page.title(), 'invite-completes: different · Rollcall'));
  await open('many', async (page) => assert.equal(await page.title(), '1 of 4 sessions the same · Rollcall'));
});

test('sessions that were not played are told', () => open('many', async (page) => {
  assert.match(await page.textContent('h1'), /^1 of 4 sessions the same$/);
  assert.equal(await page.textContent('.facts'), '1 different · 1 not judged · 1 not played');
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

test('filters that leave nothing say so', () => open('kept', async (page) => {
  await page.selectOption('[aria-label=Finding]', 'any');
  assert.equal(await page.textContent('.empty'), 'No exchange is left by these filters.');
  assert.equal(await page.textContent('[role=status]'), '0 of 16');
  await page.selectOption('[aria-label=Finding]', '');
  assert.equal(await page.locator('.empty').count(), 0);
}));

test('the axes begin with the call that a filter leaves', () => open('long', async (page) => {
  await page.selectOption('[aria-label=Call]', '200');
  const [first, last] = await page.evaluate(() => [...document.querySelectorAll('.row')].map((row) => row.offsetTop)
    .filter((top, i, all) => i === 0 || i === all.length - 1));
  assert.equal(first, 0);
  assert.ok(last > 300);
  const times = await page.evaluate(() => diagram.layout.placed.map((row) => [row.at, row.recorded.sent]));
  const [a, b] = [times[0], times.at(-1)];
  for (const [at, sent] of times) {  // true to time
    assert.ok(Math.abs((at - a[0]) / (b[0] - a[0]) - (sent - a[1]) / (b[1] - a[1])) < 1e-6);
  }
}));

test('what is looked at stays where it is when the axis is stretched', () => open('long', async (page) => {
  await page.focus('.diagram');
  for (const key of ['End', 'PageUp', 'ArrowUp']) await page.keyboard.press(key);
  const at = () => page.evaluate(() => document.querySelector('.row.selected').getBoundingClientRect().top);
  const before = await at(), height = await page.evaluate(() => diagram.layout.height);
  await page.click('[aria-label="Stretch the time axis"]');
  assert.ok(await page.evaluate(() => diagram.layout.height) > 1.9 * height);
  assert.ok(Math.abs(await at() - before) < 2);
}));

test('the summary leads to each session', () => open('many', async (page) => {
  assert.equal(await page.locator('tbody tr').count(), 4);
  await page.click('tbody tr:first-child a');
  await page.locator('h1', { hasText: /^kept$/ }).waitFor();  // the browser follows a link in its own time
  await page.click('.back');
  await page.locator('tbody tr').nth(3).waitFor();
  assert.equal(await page.locator('tbody tr').count(), 4);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'kept');
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

test('arrows and texts keep to one scale, also in a window that is higher than the session', () => open('kept', async (page) => {
  const [canvas, box, height] = await page.evaluate(() => [document.querySelector('canvas').clientHeight,
    document.querySelector('.diagram').clientHeight, diagram.layout.height]);
  assert.ok(height < box);
  assert.equal(canvas, box);
}, { viewport: { width: 1280, height: 1600 } }));

test('scrolling makes only the rows that come into view', () => open('long', async (page) => {
  await page.evaluate(async () => {
    document.querySelectorAll('.row')[8].dataset.kept = 'yes';
    document.querySelector('.diagram').scrollTop = 100;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  assert.equal(await page.locator('.row[data-kept]').count(), 1);
  const places = await page.locator('.row').evaluateAll((rows) => rows.map((row) => Number(row.dataset.place)));
  assert.ok(places[0] > 0);
  assert.deepEqual(places, places.map((_, i) => places[0] + i));
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

test('a player that was too late says with what, and leads there', () => open('late', async (page) => {
  assert.equal(await page.textContent('.judgement'), 'inconclusive');
  assert.equal(await page.textContent('p.alert'),
    'The player was too late: p99 is above the budget of 10 ms, so that nothing was found proves nothing.');
  assert.equal(await page.locator('.late.alert').count(), 1);
  await page.click('button.plain');
  assert.match(await page.textContent(`${detail} .sides`), /late by 40 ms/);
  assert.equal(await page.textContent('.row.selected .late'), '+40 ms');
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

test('on a phone each row has room for its text and its finding', () => open('different', async (page) => {
  const right = await page.evaluate(() => document.querySelector('.diagram').getBoundingClientRect().right);
  const badges = await page.locator('.row .badge').evaluateAll((all) =>
    all.map((badge) => [badge.getBoundingClientRect().right, badge.scrollWidth - badge.clientWidth]));
  assert.ok(badges.length > 2);
  for (const [end, hidden] of badges) assert.ok(end <= right && hidden <= 0);
  const texts = await page.locator('.row .what').evaluateAll((all) => all.map((text) => text.clientWidth));
  assert.ok(texts.every((width) => width > 70));
}, { viewport: { width: 390, height: 844 } }));

test('on paper everything is there, dark on light', () => open('different', async (page) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const all = await page.evaluate(() => run.sessions[0].page.rows.length);
  assert.equal(await page.locator('.row').count(), all);
  for (const name of ['.diagram', '.findings']) {
    assert.ok(await page.locator(name).evaluate((box) => box.scrollHeight <= box.clientHeight + 1), name);
  }
  assert.equal(await page.locator('.tools').isVisible(), false);
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  assert.ok(paper.every((part) => part > 200));
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.ok(await page.locator('.tools').isVisible());
}, { colorScheme: 'dark' }));

test('dark where dark is asked for', () => open('kept', async (page) => {
  const lightness = () => page.evaluate(() =>
    getComputedStyle(document.body).backgroundColor.match(/\d+/g).reduce((sum, each) => sum + Number(each), 0));
  assert.ok(await lightness() < 200);
  await page.emulateMedia({ colorScheme: 'light' });
  assert.ok(await lightness() > 600);
}, { colorScheme: 'dark' }));
