/** The views below the stage, in the order in which V goes through them. */
export const diagramNames = ['space-time', 'phases', 'slots', 'view-change'] as const;

/** A view below the stage. */
export type DiagramName = (typeof diagramNames)[number];
