package dev.serai.support;

/** A bean whose properties have the names of steps and keys of route files. */
public final class NamedLikeSteps {
  private String all = "";

  public void setTo(String to) {
    all += to;
  }

  public void setUri(String uri) {
    all += uri;
  }

  public void setBeans(String beans) {
    all += beans;
  }

  @Override
  public String toString() {
    return all;
  }
}
