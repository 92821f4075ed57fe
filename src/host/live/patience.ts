/** What time it is for every thread of this page, in ms. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Undefined when it takes longer. */
export async function within<T>(ms: number, action: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, ms);
  });
  try {
    return await Promise.race([action, late]);
  } finally {
    clearTimeout(timer);
  }
}

const pauseMs = 50;

/** Asks again and again. False: it did not become so in time. */
export async function until(ms: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const dueMs = nowMs() + ms;
  for (;;) {
    if ((await within(ms, isSo())) === true) return true;
    if (nowMs() >= dueMs) return false;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
