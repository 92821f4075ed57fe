/** Something to do in this turn that is no call. */
export class Delivery {
  readonly number: number;
  readonly step: () => void;

  constructor(number: number, step: () => void) {
    this.number = number;
    this.step = step;
  }
}
