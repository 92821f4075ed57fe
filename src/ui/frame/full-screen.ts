/** Also without it there is a presentation: a frame or a telephone may refuse. */
export async function goFullScreen(): Promise<void> {
  const { documentElement } = document;
  if (!document.fullscreenEnabled) return;
  try {
    await documentElement.requestFullscreen();
  } catch (error) {
    // Refused without a person's click: the presentation stays in the window.
    if (!(error instanceof TypeError)) throw error;
  }
}
