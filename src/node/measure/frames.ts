import type { BrowserContext, Page } from '@playwright/test';

/** How smooth a page plays a cluster, beside a bare page that moves as many glyphs. */
export interface Frames {
  readonly n: number;
  /** Messages on the stage, on average over the frames. */
  readonly glyphs: number;
  /** Frames a second. */
  readonly lab: number;
  readonly bare: number;
}

interface Counted {
  readonly fps: number;
  readonly glyphs: number;
}

const seconds = 6;

/** Counts the frames of a while, and the glyphs in each. */
const count = `((ms) => new Promise((resolve) => {
  let frames = 0, glyphs = 0, start;
  const frame = (now) => {
    start ??= now;
    if (now - start >= ms) {
      resolve({ fps: (frames * 1000) / (now - start), glyphs: glyphs / Math.max(1, frames) });
      return;
    }
    frames += 1;
    glyphs += document.querySelectorAll('[data-message]').length;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}))`;

/** Moves glyphs like those of the stage by their \`transform\`, and nothing else. */
const bareMotion = `((glyphs) => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 800 450');
  svg.setAttribute('width', '856');
  svg.setAttribute('height', '444');
  const moving = Array.from({ length: glyphs }, (_, i) => {
    const g = document.createElementNS(svg.namespaceURI, 'g');
    g.innerHTML = '<line x1="-30" x2="0" stroke="#888"/><path d="M-9,-9h18v18h-18Z" fill="#0072b2"/><text dy="4" text-anchor="middle" font-size="11">P</text>';
    svg.append(g);
    return { g, from: i * 37 % 800, to: i * 91 % 800 };
  });
  document.body.replaceChildren(svg);
  const frame = (now) => {
    moving.forEach(({ g, from, to }, i) => {
      const part = ((now + i * 13) % 1500) / 1500;
      g.setAttribute('transform', 'translate(' + (from + (to - from) * part).toFixed(1) + ' ' + (20 + 400 * part).toFixed(1) + ')');
    });
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;

/** Operations enough that something flies all the while. */
export function busyScenario(n: number, operations: number): object {
  return {
    format: 'pbft-lab/scenario@1',
    name: 'Busy',
    replicas: n,
    seed: 7,
    network: { latencyMs: [20, 28] },
    steps: Array.from({ length: operations }, (_, i) => ({
      do: 'submit',
      operation: { put: [`k${i % 7}`, String(i)] },
    })),
    until: { executed: operations, atMs: 10_000_000 },
  };
}

/** The lab in normal play, and the bare page before and after it in the same browser. */
export async function framesOf(
  context: BrowserContext,
  address: string,
  n: number,
): Promise<Frames> {
  const page = await context.newPage();
  await page.goto(`${address}?play=0&storage=memory`);
  await page.waitForFunction(() => 'pbftLab' in window);
  await page.evaluate(() => window.pbftLab.ready);
  await page.evaluate((scenario) => window.pbftLab.load(scenario), busyScenario(n, 40));
  await page.evaluate(() => window.pbftLab.play());
  await page.locator('[data-testid^="message-"]').first().waitFor({ state: 'attached' });
  const lab = await counted(page);
  await page.close();
  const bare = await bareFrames(context, Math.round(lab.glyphs));
  return { n, glyphs: lab.glyphs, lab: lab.fps, bare };
}

async function bareFrames(context: BrowserContext, glyphs: number): Promise<number> {
  const page = await context.newPage();
  await page.goto('about:blank');
  await page.evaluate(`${bareMotion}(${glyphs})`);
  const { fps } = await counted(page);
  await page.close();
  return fps;
}

function counted(page: Page): Promise<Counted> {
  return page.evaluate<Counted>(`${count}(${seconds * 1000})`);
}
