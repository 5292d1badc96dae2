package dev.serai.rules;

/** Code that breaks the architecture rules, one class per rule. */
final class Violations {
  static final Class<?>[] ALL = {
    MessageManager.class, WithSetter.class, WithStaticState.class, Printing.class
  };

  private Violations() {}

  static class MessageManager {}

  static class WithSetter {
    int value;

    void setValue(int value) {
      this.value = value;
    }
  }

  static class WithStaticState {
    static int counter;
  }

  static class Printing {
    void print() {
      System.out.println("hello");
    }
  }
}
