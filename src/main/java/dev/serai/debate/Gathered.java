package dev.serai.debate;

/**
 * That another question of a debate has ended.
 *
 * @param debate its id
 * @param decided whether nobody's answer is waited for any more in this round
 */
public record Gathered(String debate, boolean decided) {}
