package dev.serai.ordering;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Body;

/** Writes lines to a file that several processes share, each line at once. */
public final class LedgerFile {
  private final FileChannel file;

  /** Opens the file {@code lines} of a folder. */
  public LedgerFile(String folder) throws IOException {
    Files.createDirectories(Path.of(folder));
    file =
        FileChannel.open(
            Path.of(folder, "lines"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Writes one, behind the id of this process. */
  public void write(@Body String line) throws IOException {
    String whole = ProcessHandle.current().pid() + " " + line + "\n";
    file.write(ByteBuffer.wrap(whole.getBytes(StandardCharsets.UTF_8)));
  }
}
