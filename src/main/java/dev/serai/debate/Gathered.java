package dev.serai.debate;

/**
 * How far a debate is with its round, once another question has ended.
 *
 * @param debate its id
 * @param decided whether nobody's answer is waited for any more
 */
public record Gathered(String debate, DebateProgress progress, boolean decided) {}
