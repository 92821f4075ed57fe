/** What a drawing takes from style sheets: it must look the same without them. */
const painted = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'paint-order',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'letter-spacing',
  'transform',
  'visibility',
  'display',
] as const;

/**
 * Drawings that lie on each other on the page, as one drawing that needs no style sheet. `box` is the part of the page
 * that is drawn, in CSS pixels.
 */
export function svgPicture(drawings: readonly SVGSVGElement[], box: Element): string {
  const frame = box.getBoundingClientRect();
  const { ownerDocument } = box;
  const whole = ownerDocument.createElementNS(svgName, 'svg');
  whole.setAttribute('xmlns', svgName);
  whole.setAttribute('width', String(Math.round(frame.width)));
  whole.setAttribute('height', String(Math.round(frame.height)));
  const ground = ownerDocument.createElementNS(svgName, 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(box).backgroundColor);
  whole.append(ground);
  for (const drawing of drawings) whole.append(placed(drawing, frame));
  for (const label of box.querySelectorAll('[data-picture-text]')) {
    whole.append(written(label, frame));
  }
  return new XMLSerializer().serializeToString(whole);
}

/** The same picture in dots, two for each pixel of the page. */
export async function pngPicture(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * dotsPerPixel;
  canvas.height = image.naturalHeight * dotsPerPixel;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws no pictures');
  context.scale(dotsPerPixel, dotsPerPixel);
  context.drawImage(image, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the picture is too large for this browser'));
      else resolve(blob);
    }, 'image/png');
  });
}

const svgName = 'http://www.w3.org/2000/svg';
const dotsPerPixel = 2;

function placed(drawing: SVGSVGElement, frame: DOMRect): SVGElement {
  const copy = drawing.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new Error('a copy of a drawing is a drawing');
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  for (const [i, element] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const original = originals[i];
    if (original !== undefined && element instanceof SVGElement) paint(element, original);
  }
  copy.style.removeProperty('transform');
  // A drawing that is larger than its place shows through it as through a window.
  const place = (drawing.parentElement ?? drawing).getBoundingClientRect();
  const window = drawing.ownerDocument.createElementNS(svgName, 'svg');
  put(window, place, frame);
  put(copy, drawing.getBoundingClientRect(), place);
  window.append(copy);
  return window;
}

function put(element: SVGElement, place: DOMRect, frame: DOMRect): void {
  element.setAttribute('x', String(place.left - frame.left));
  element.setAttribute('y', String(place.top - frame.top));
  element.setAttribute('width', String(place.width));
  element.setAttribute('height', String(place.height));
}

/** Words that stand beside a drawing on the page. */
function written(label: Element, frame: DOMRect): SVGElement {
  const { left, top, height } = label.getBoundingClientRect();
  const text = label.ownerDocument.createElementNS(svgName, 'text');
  text.textContent = label.textContent;
  text.setAttribute('x', String(left - frame.left));
  text.setAttribute('y', String(top - frame.top + height / 2));
  const style = getComputedStyle(label);
  for (const property of ['font-family', 'font-size', 'font-weight']) {
    text.style.setProperty(property, style.getPropertyValue(property));
  }
  text.style.setProperty('fill', style.color);
  text.style.setProperty('dominant-baseline', 'central');
  return text;
}

function paint(element: SVGElement, original: Element): void {
  const style = getComputedStyle(original);
  for (const property of painted) {
    const value = style.getPropertyValue(property);
    if (value !== '') element.style.setProperty(property, value);
  }
  element.removeAttribute('class');
}
