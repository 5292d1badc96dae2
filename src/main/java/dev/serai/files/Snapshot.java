package dev.serai.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;

/**
 * What the folders of routes and values held at one moment. Nothing in it may be changed.
 *
 * @param files bytes by the path as a person sees it, such as {@code routes/debias/topology.yaml}
 *     or {@code config/debias.yaml}
 * @param refused what was found there and is not read
 */
public record Snapshot(SortedMap<String, byte[]> files, List<RefusedFile> refused) {

  /** By the arrays themselves, as long as somebody has them. */
  private static final Map<byte[], String> HASHES =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Nothing at all. */
  public static final Snapshot EMPTY = new Snapshot(new TreeMap<>(), List.of());

  /**
   * Reads both folders.
   *
   * @param config the folder of the values; {@code application.yaml} is read too
   * @throws UncheckedIOException {@code no-routes} or {@code bad-config} when a folder cannot be
   *     read
   */
  public static Snapshot read(Packs packs, Path config) {
    RouteFolder.Contents found = RouteFolder.read(packs.folder(), packs.folders());
    List<RefusedFile> refused = new ArrayList<>(found.refused());
    SortedMap<String, byte[]> files = new TreeMap<>();
    found.files().forEach((path, bytes) -> files.put(packs.folder() + "/" + path, bytes));
    for (Path file : PackValues.files(config)) {
      try {
        files.put(file.toString(), RouteFolder.bytes(file));
      } catch (NoSuchFileException e) { // deleted in this moment
        files.remove(file.toString());
      } catch (IOException e) {
        refused.add(RefusedFile.unreadable(file, e));
      }
    }
    return new Snapshot(files, refused);
  }

  /**
   * The same with what cannot be read now as it was before, since it was not deleted. A folder that
   * cannot be read is refused file by file.
   */
  public Snapshot withUnreadableOf(Snapshot before) {
    SortedMap<String, byte[]> mixed = new TreeMap<>(files);
    List<RefusedFile> each = new ArrayList<>();
    for (RefusedFile file : refused) {
      Path at = file.file().file();
      List<String> hidden =
          file.isUnreadable()
              ? before.files.keySet().stream()
                  .filter(path -> Path.of(path).startsWith(at) && !files.containsKey(path))
                  .toList()
              : List.of();
      hidden.forEach(path -> mixed.put(path, before.bytes(path)));
      hidden.forEach(path -> each.add(file.of(Path.of(path))));
      if (hidden.isEmpty()) {
        each.add(file);
      }
    }
    return new Snapshot(mixed, each);
  }

  private byte[] bytes(String path) {
    return files.getOrDefault(path, new byte[0]);
  }

  /** The paths whose bytes are not the same there. */
  public SortedMap<String, Change> changesTo(Snapshot other) {
    SortedMap<String, Change> changes = new TreeMap<>();
    TreeSet<String> paths = new TreeSet<>(files.keySet());
    paths.addAll(other.files.keySet());
    for (String path : paths) {
      byte[] before = files.get(path);
      byte[] after = other.files.get(path);
      if (before == null) {
        changes.put(path, Change.ADDED);
      } else if (after == null) {
        changes.put(path, Change.REMOVED);
      } else if (!Arrays.equals(before, after)) {
        changes.put(path, Change.EDITED);
      }
    }
    return changes;
  }

  /** Whether everything in it is as it is there. */
  public boolean isSame(Snapshot other) {
    return changesTo(other).isEmpty() && refused.equals(other.refused);
  }

  /** The same with some files as they are elsewhere: bytes, or absent. */
  public Snapshot withFilesOf(Snapshot other, Iterable<String> paths) {
    SortedMap<String, byte[]> mixed = new TreeMap<>(files);
    for (String path : paths) {
      byte[] bytes = other.files.get(path);
      if (bytes == null) {
        mixed.remove(path);
      } else {
        mixed.put(path, bytes);
      }
    }
    return new Snapshot(mixed, refused);
  }

  /** The same with other bytes of one file. */
  public Snapshot with(String path, byte[] bytes) {
    SortedMap<String, byte[]> mixed = new TreeMap<>(files);
    mixed.put(path, bytes);
    return new Snapshot(mixed, refused);
  }

  /** One value that changes when any file does. */
  public String hash() {
    StringBuilder all = new StringBuilder();
    files.forEach((path, bytes) -> all.append(path).append('\0').append(hash(bytes)).append('\n'));
    return digest(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The hash of one file's bytes, in 16 hexadecimal digits. Each is computed once: a start asks
   * several times for those of all files, and computes them slowly.
   */
  public static String hash(byte[] bytes) {
    return HASHES.computeIfAbsent(bytes, Snapshot::digest);
  }

  private static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes), 0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** What happened to a file. */
  public enum Change {
    /** It is new. */
    ADDED,
    /** Its bytes are others. */
    EDITED,
    /** It is gone. */
    REMOVED
  }
}
