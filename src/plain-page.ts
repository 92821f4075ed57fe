import './plain-page.css';

/** A page of words instead of the lab: what is the matter, and what can be done. */
export function showPlainPage(
  place: HTMLElement,
  title: string,
  paragraphs: readonly string[],
  remedy?: { readonly label: string; readonly act: () => void },
): void {
  const main = document.createElement('main');
  main.className = 'plain-page';
  main.append(element('h1', title), ...paragraphs.map((text) => element('p', text)));
  if (remedy !== undefined) {
    const button = element('button', remedy.label);
    button.addEventListener('click', () => {
      main.remove();
      remedy.act();
    });
    main.append(button);
  }
  place.replaceChildren(main);
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
