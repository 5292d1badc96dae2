package dev.serai.urls;

/** Who and where, between the two slashes of a URL and its path. */
record Authority(String username, String password, String hostname, String port) {

  static Authority parse(String protocol, String text) throws BadUrlException {
    int at = text.lastIndexOf('@');
    String who = at < 0 ? "" : text.substring(0, at);
    String where = text.substring(at + 1);
    int colon = where.indexOf(':', Math.max(0, where.lastIndexOf(']')));
    String host = colon < 0 ? where : where.substring(0, colon);
    boolean special = Url.SPECIAL.containsKey(protocol);
    String hostname;
    if (protocol.equals("file") && (host.isEmpty() || host.equalsIgnoreCase("localhost"))) {
      hostname = "";
    } else {
      hostname = special ? Hosts.special(host) : Hosts.opaque(host);
    }
    int secret = who.indexOf(':');
    return new Authority(
        Percent.USERINFO.encode(secret < 0 ? who : who.substring(0, secret)),
        secret < 0 ? "" : Percent.USERINFO.encode(who.substring(secret + 1)),
        hostname,
        port(protocol, colon < 0 ? "" : where.substring(colon + 1)));
  }

  private static String port(String protocol, String text) throws BadUrlException {
    if (text.isEmpty()) {
      return "";
    }
    if (!text.matches("0*\\d{1,5}") || Integer.parseInt(text) > 65535) {
      throw new BadUrlException("no port: " + text);
    }
    String port = String.valueOf(Integer.parseInt(text));
    return port.equals(Url.SPECIAL.get(protocol)) ? "" : port;
  }
}
