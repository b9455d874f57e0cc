// The sources of media that a link carries.

/** What a media section carries. A link has at most one of each in each direction. */
export const SOURCES = ['microphone', 'camera', 'screen', 'screen-audio'] as const;

/** One of {@link SOURCES}. */
export type Source = (typeof SOURCES)[number];
