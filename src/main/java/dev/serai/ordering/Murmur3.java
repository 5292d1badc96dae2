package dev.serai.ordering;

import java.nio.charset.StandardCharsets;

/**
 * MurmurHash3, the 32-bit variant for x86 with seed 0, of a text's UTF-8 bytes.
 *
 * <p>Must never change: messages that lie in a partition would be overtaken by later ones of their
 * key in another.
 */
final class Murmur3 {
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private Murmur3() {}

  static int hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int hash = 0;
    int blocks = bytes.length / 4;
    for (int i = 0; i < blocks; i++) {
      hash ^= scrambled(block(bytes, i * 4, 4));
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
    }
    hash ^= scrambled(block(bytes, blocks * 4, bytes.length % 4));
    hash ^= bytes.length;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int block(byte[] bytes, int from, int length) {
    int block = 0;
    for (int i = 0; i < length; i++) {
      block |= (bytes[from + i] & 0xff) << 8 * i;
    }
    return block;
  }

  private static int scrambled(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }
}
