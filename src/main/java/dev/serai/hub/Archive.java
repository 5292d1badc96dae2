package dev.serai.hub;

/**
 * What the store has of the streams.
 *
 * @param history keeps updates
 * @param reader reads them
 * @param forgetting deletes them
 */
record Archive(History history, HistoryReader reader, Forgetting forgetting) {}
