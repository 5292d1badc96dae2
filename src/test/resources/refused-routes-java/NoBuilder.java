public class NoBuilder {}
