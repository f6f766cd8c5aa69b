/** The statistics of a column that a table has room for. */
export const STATISTICS = ['min', 'median', 'mean', 'max', 'std'] as const
