public class LowerCase {}
