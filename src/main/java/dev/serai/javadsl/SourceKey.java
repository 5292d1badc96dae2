package dev.serai.javadsl;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names what a source is compiled to: the same source, Java and class path give the same name.
 *
 * @param surroundings the Java and the class path
 */
record SourceKey(String surroundings) {

  static SourceKey ofThisProcess() {
    StringBuilder all = new StringBuilder(Runtime.version().toString());
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      File file = new File(path);
      all.append('\n').append(path).append(' ').append(file.lastModified());
      all.append(' ').append(file.length());
    }
    return new SourceKey(all.toString());
  }

  String of(String path, byte[] source) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String name = path.replaceFirst(".*/", "");
      digest.update((surroundings + '\n' + name + '\n').getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(source)).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
