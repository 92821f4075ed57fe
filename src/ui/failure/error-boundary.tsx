import { Component, type ReactNode } from 'react';

import styles from './failure.module.css';

interface ErrorBoundaryProps {
  /** What would be missing, as the subject of a sentence: "The stage". */
  readonly part: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly problem: string | undefined;
}

/** When a part cannot be drawn, says so in its place; the rest of the page goes on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { problem: undefined };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === undefined) return this.props.children;
    return (
      <div className={styles['part']} role="alert">
        <p>
          <strong>{this.props.part} could not be drawn.</strong> The cluster is not affected.
        </p>
        <code>{problem}</code>
        <button onClick={() => this.setState({ problem: undefined })}>Draw it again</button>
      </div>
    );
  }
}
