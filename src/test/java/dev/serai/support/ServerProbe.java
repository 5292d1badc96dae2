package dev.serai.support;

import java.nio.file.Path;
import java.util.Optional;

/** What this machine offers to run a server with. */
interface ServerProbe {

  /** The Debian package that brings the server. */
  String packageName();

  /** The address of a server that somebody else runs, when it is set. */
  Optional<String> configuredUri();

  /** Why containers cannot be started here; empty when they can. */
  Optional<String> dockerProblem();

  /** The server's program that is installed here. */
  Optional<Path> serverProgram();

  /** Why the Debian package cannot be installed here; empty when it can. */
  Optional<String> installProblem();
}
