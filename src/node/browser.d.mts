/** The path of a Chromium that can be run, or undefined. */
export function findBrowser(): Promise<string | undefined>;
