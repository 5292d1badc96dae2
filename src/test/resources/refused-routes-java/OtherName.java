class AnotherName {}
