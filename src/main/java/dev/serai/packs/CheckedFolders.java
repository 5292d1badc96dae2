package dev.serai.packs;

import dev.serai.files.Folders;
import dev.serai.files.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.stereotype.Component;

/**
 * The folders, and whether exactly these bytes were found good by exactly this build before: then a
 * start need not check them again, which takes a second. A note is kept in the data folder; one
 * beside the program, of the files that come with it, is only read.
 */
@Component
class CheckedFolders {
  private static final Logger LOG = LoggerFactory.getLogger(CheckedFolders.class);

  private static final String NOTE = "routes.checked";

  private final Folders folders;
  private final Path note;
  private final Path shipped;
  private final String build;

  CheckedFolders(
      Folders folders, @Value("${serai.data}") Path data, ObjectProvider<BuildProperties> build) {
    this.folders = folders;
    this.note = data.resolve(NOTE);
    this.shipped = new ApplicationHome(CheckedFolders.class).getDir().toPath().resolve(NOTE);
    BuildProperties known = build.getIfAvailable();
    this.build = known == null ? "" : String.valueOf(known.getTime());
  }

  /** What is in them now. */
  Snapshot look() {
    return folders.look();
  }

  /** Whether a note on disk is of these files; false in a build without a name. */
  boolean wereGood(Snapshot snapshot) {
    return !build.isEmpty() && (tellsOf(snapshot, note) || tellsOf(snapshot, shipped));
  }

  private boolean tellsOf(Snapshot snapshot, Path note) {
    try {
      return Files.isRegularFile(note) && Files.readString(note).equals(text(snapshot));
    } catch (IOException e) {
      LOG.debug("{} cannot be read: the files are checked", note, e);
      return false;
    }
  }

  /** Notes that nothing is wrong in these files. */
  void noteGood(Snapshot snapshot) {
    try {
      Files.createDirectories(note.toAbsolutePath().getParent());
      Files.writeString(note, text(snapshot));
    } catch (IOException e) {
      LOG.debug("{} cannot be written: the next start checks again", note, e);
    }
  }

  private String text(Snapshot snapshot) {
    return build + " " + snapshot.hash() + " " + snapshot.refused().size() + "\n";
  }
}
